/** A table; `|` in a cell is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Inline code; empty for an empty text. */
export function code(text: string): string {
  return text === '' ? '' : `\`${text}\``;
}

/** The first line of every generated page. */
export function generatedNote(from: string): string {
  return `<!-- Made by \`npm run docs\` from ${from}. Do not edit. -->`;
}

/** Blocks with an empty line between them, and one line end at the end. */
export function page(...blocks: readonly string[]): string {
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** The anchor that GitHub gives a heading. */
export function slug(heading: string): string {
  const words = heading.toLowerCase().replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '');
  return words.trim().replaceAll(' ', '-');
}
