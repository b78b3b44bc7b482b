/**
 * What nobody sees: blanks, control characters, those without a meaning of their own (a soft hyphen, a zero-width space,
 * marks of direction), and what Unicode has not assigned.
 */
const unseen = String.raw`\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800`;
const anyUnseen = new RegExp(`[${unseen}]`, 'u');
/** Of these, what is pasted along with a text, without a word being said about it. */
const blank = String.raw`[\s\p{Z}\p{Default_Ignorable_Code_Point}\u2800]+`;
const blankEnds = new RegExp(`^${blank}|${blank}$`, 'gu');

/** The text without blanks and invisible characters at its ends, such as a byte-order mark or a zero-width space. */
export function trimBlanks(text: string): string {
  return text.replace(blankEnds, '');
}

/** The text without characters that show nothing and take no room (Unicode's Default_Ignorable_Code_Point). */
export function withoutIgnorable(text: string): string {
  return text.replace(/\p{Default_Ignorable_Code_Point}/gu, '');
}

/** Whether the text has a blank, or any other character that nobody sees. */
export function hasUnseen(text: string): boolean {
  return anyUnseen.test(text);
}

/**
 * The form in which texts are compared: compatibility forms and case make no difference (Unicode 3.13, D146: compatibility
 * caseless match). In every language alike: `I` is `i`, and `ı` is neither. Folding again changes nothing.
 */
export function foldText(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
  return foldCase(foldCase(text.normalize('NFKD')).normalize('NFKD')).normalize('NFKC');
}

/**
 * Unicode's full case folding, but that Cherokee comes out small. One letter at a time, or the last letter of a word would
 * matter (`ς`). Lower case alone keeps apart what upper case joins (`ß` and `ss`, `ς` and `σ`); the capital `ẞ` has no
 * other upper case, so lower case comes first as well.
 */
function foldCase(text: string): string {
  let folded = '';
  // The capital of ı is the capital of another letter, to which it does not fold.
  for (const letter of text)
    folded += letter === 'ı' ? letter : letter.toLowerCase().toUpperCase().toLowerCase();
  return folded;
}
