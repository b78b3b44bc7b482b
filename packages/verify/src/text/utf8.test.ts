import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeUtf8 } from './utf8.ts';

test('decodes every well-formed text, U+FFFD too', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const bytes = new TextEncoder().encode(text);
      if (text.startsWith('\ufeff')) assert.throws(() => decodeUtf8(bytes), SyntaxError);
      else assert.equal(decodeUtf8(bytes), text);
    }),
  );
  assert.equal(decodeUtf8(Buffer.from('a\ufffdb')), 'a\ufffdb');
  assert.equal(decodeUtf8(new Uint8Array(Buffer.from('xäy')).subarray(1)), 'äy');
});

test('replaces nothing', () => {
  const bad = [
    'ff',
    'c0af',
    'c3',
    'eda080',
    'f4908080',
    'e282',
    '61ff62',
    'efbbbf61',
    'feff0061',
    'efbfbdff',
  ];
  for (const hex of bad) assert.throws(() => decodeUtf8(Buffer.from(hex, 'hex')), SyntaxError, hex);
});
