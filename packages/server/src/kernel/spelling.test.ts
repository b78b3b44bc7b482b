import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkLogin, loginKeyOf } from '../identity/accounts/account.ts';
import { foldText, trimBlanks, withoutIgnorable } from './spelling.ts';

/** Texts that are one, in any language. */
const same: readonly (readonly string[])[] = [
  ['straße', 'STRASSE', 'STRAẞE', 'strasse', 'Straſſe'],
  ['σοφος', 'ΣΟΦΟΣ', 'σοφοσ'],
  ['Zoë', 'zoe\u0308', 'ZOË', 'ＺＯË'],
  ['oﬃce', 'OFFICE', 'office'],
  ['\u212Aelvin', 'Kelvin', 'KELVIN'],
  ['\u00b5m', '\u03bcm', '\u039cM'],
  ['İstanbul', 'i\u0307stanbul', 'I\u0307STANBUL'],
  ['ｶﾞﾗｽ', 'ガラス'],
  ['\u1e9b\u0323', '\u1e69', '\u1e68'],
  ['ꭰ', 'Ꭰ'],
  ['①②', '12'],
  ['ﷺ', 'صلى الله عليه وسلم'],
];

for (const texts of same) {
  test(`${texts.join(', ')} are one`, () => {
    assert.deepEqual([...new Set(texts.map(foldText))], [foldText(texts[0]!)]);
  });
}

test('what only looks or sounds alike stays apart', () => {
  const apart = ['i', 'ı', 'i\u0307', 'í', 'l', '1', '\u0430', 'a', 'ä', 'ae', 'o', 'ö', 'oe', 'ø'];
  assert.equal(new Set(apart.map(foldText)).size, apart.length);
});

/** Every character of Unicode, but the halves of surrogate pairs. */
function* everyCharacter(): Generator<string> {
  for (let point = 0; point <= 0x10ffff; point += 1) {
    if (point < 0xd800 || point > 0xdfff) yield String.fromCodePoint(point);
  }
}

test('every character is folded as Unicode says, with its other cases, and only once', () => {
  const classes = new Map<string, string[]>();
  for (const character of everyCharacter()) {
    const folded = foldText(character);
    assert.equal(foldText(folded), folded, character);
    const others = [character.toLowerCase(), character.toUpperCase(), character.normalize('NFD')];
    if (character !== 'ı') for (const other of others) assert.equal(foldText(other), folded, character);
    if (folded !== character) classes.set(folded, [...(classes.get(folded) ?? []), character]);
  }
  // Simple case folding by the engine's own table, where nothing else makes them one.
  for (const [folded, characters] of classes) {
    if ([...folded].length > 1) continue;
    const one = new RegExp(`^${folded.replace(/[\\^$.*+?()[\]{}|]/, '\\$&')}$`, 'iu');
    for (const character of characters) {
      const plain =
        foldText(character.normalize('NFKC')) === folded ? character.normalize('NFKC') : character;
      assert.match(plain, one);
    }
  }
});

test('a key is the key of itself, and of the login as it is shown', () => {
  const special: string[] = ['@', '.', '@', '.', '\u200d', '\u0345', '\u0308', '\ufe0f', '\ufeff', ' '];
  for (const character of everyCharacter()) {
    if (character.normalize('NFKD') !== character || character.toUpperCase() !== character) {
      if (character < '\u{20000}') special.push(character);
    }
  }
  const random = () => special[Math.floor(Math.random() ** 2 * special.length)]!;
  let keys = 0;
  for (let round = 0; round < 30_000; round += 1) {
    const login = Array.from({ length: 1 + (round % 7) }, random).join('');
    const key = loginKeyOf(login);
    if (key === undefined) continue;
    keys += 1;
    const shown = checkLogin(login).login;
    for (const text of [key, shown, ` ${login}\u200b`, login.normalize('NFD'), login.normalize('NFKC')]) {
      assert.equal(loginKeyOf(text), key, JSON.stringify(login));
    }
  }
  assert.ok(keys > 10_000, `${keys}`);
});

/** What is pasted along, or not seen. */
const invisible: Readonly<Record<string, string>> = {
  'a zero-width space': '\u200b',
  'a joiner': '\u200d',
  'a non-joiner': '\u200c',
  'a byte-order mark': '\ufeff',
  'a soft hyphen': '\u00ad',
  'a mark of direction': '\u200e',
  'an embedding': '\u202a',
  'an override': '\u202e',
  'an isolate': '\u2066',
  'a word joiner': '\u2060',
  'a variation selector': '\ufe0f',
  'a Hangul filler': '\u3164',
  'a tag': '\u{e0041}',
  'a blank': ' ',
  'a no-break space': '\u00a0',
  'an ideographic space': '\u3000',
  'a blank of Braille': '\u2800',
  'a line end': '\r\n',
};

for (const [name, text] of Object.entries(invisible)) {
  test(`${name} at the ends of a login is ignored, and refused within`, () => {
    const { login, loginKey } = checkLogin(`${text}Ada${text}${text}`);
    assert.deepEqual([login, loginKey], ['Ada', 'ada']);
    assert.equal(loginKeyOf(`a${text}da`), undefined);
    assert.equal(loginKeyOf(text), undefined);
    assert.equal(trimBlanks(`${text}a b${text}`), 'a b');
  });
}

test('what is refused wherever it stands', () => {
  for (const text of ['\0', '\x1b', '\ud800', '\ufdd0', '\ue000', '\u0378']) {
    for (const login of [`ada${text}`, `${text}ada`, `a${text}da`])
      assert.equal(loginKeyOf(login), undefined);
  }
});

test('a login is as long as its key', () => {
  assert.equal(loginKeyOf('ﷺ'), undefined);
  assert.equal(loginKeyOf('ﬃ'.repeat(84))?.length, 252);
  assert.equal(loginKeyOf('ﬃ'.repeat(85)), undefined);
  assert.equal(loginKeyOf('ß'.repeat(127))?.length, 254);
  assert.equal(loginKeyOf('ß'.repeat(128)), undefined);
});

test('what is searched has nothing invisible', () => {
  assert.equal(withoutIgnorable('می\u200cخواهم\ufe0f'), 'میخواهم');
});
