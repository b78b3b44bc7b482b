import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkText } from './text.ts';

test('names of every language are taken, in NFC and without blanks at the ends', () => {
  const names = {
    ' Ada Lovelace ': 'Ada Lovelace',
    'Zoe\u0308': 'Zoë',
    'علی\u200cرضا': 'علی\u200cرضا',
    'שרה כהן': 'שרה כהן',
    '👩\u200d🚀 Ada': '👩\u200d🚀 Ada',
    '❤\ufe0f': '❤\ufe0f',
  };
  for (const [name, kept] of Object.entries(names)) assert.equal(checkText('name', name, 128), kept);
});

test('a text that shows nothing, breaks a line or turns the direction of what follows is refused', () => {
  const texts = [
    '',
    ' \u3000 ',
    '\u200b\u200d',
    '\u2063',
    'a\nb',
    'a\u0085b',
    'a\u2028b',
    'a\ud800',
    'a\uffff',
    'a\u{1fffe}',
    'a\ufeffb',
    ...['\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069'].map(
      (mark) => `nimda${mark}`,
    ),
    ...['\u200e', '\u200f', '\u061c'].map((mark) => `a${mark}b`),
  ];
  for (const text of texts) {
    assert.throws(() => checkText('name', text, 128), { code: 'INVALID_DATA' }, JSON.stringify(text));
  }
});
