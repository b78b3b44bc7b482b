import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { publicVectors } from '../../test/public-vectors.ts';
import { maxJsonDepth, parseJson } from './json.ts';
import { decodeUtf8 } from './utf8.ts';

const secret = 'hunter2-hunter2';

function assertRefused(text: string): void {
  assert.throws(
    () => parseJson(text),
    (error) => error instanceof SyntaxError && error.message.length < 60 && !error.message.includes(secret),
    text.slice(0, 60),
  );
}

const refusedTexts = [
  `{"${secret}":1,"${secret}":2}`,
  `{"a":{"b":[{"c":1,"c":"${secret}"}]}}`,
  '{"a":1,"\\u0061":2}',
  '{"__proto__":{"admin":true}}',
  '{"\\u005f_proto__":1}',
  '[{"__proto__":null}]',
  '"\\ud800"',
  '"\\udc00\\ud800"',
  '"\ud800"',
  '{"\\ud800":1}',
  '1e400',
  '-1e400',
  `${'9'.repeat(400)}`,
  '"\\u00g0"',
  '"\\x41"',
  '"\t"',
  '\ufeff{}',
  '\u00a0{}',
  '"',
  '"\\',
  '"\\"',
  '{"a":1}}',
  '+1',
  '01',
  '.5',
  '1.',
  'nul',
  'True',
  '',
  ' ',
  `"${secret}`,
];

for (const text of refusedTexts) {
  test(`refuses ${JSON.stringify(text.slice(0, 40))}`, () => assertRefused(text));
}

test('accepts nesting up to the limit, and refuses any deeper one', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  const objects = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
  assert.equal(JSON.stringify(parseJson(nested(maxJsonDepth))), nested(maxJsonDepth));
  assert.equal(JSON.stringify(parseJson(objects(maxJsonDepth))), objects(maxJsonDepth));
  for (const depth of [maxJsonDepth + 1, 10_000, 1_000_000]) {
    assertRefused(nested(depth));
    assertRefused(objects(depth));
  }
});

test('member names of Object.prototype are members like others', () => {
  const value = parseJson('{"constructor":1,"toString":2,"hasOwnProperty":3}') as Record<string, unknown>;
  assert.deepEqual(Object.entries(value), [
    ['constructor', 1],
    ['toString', 2],
    ['hasOwnProperty', 3],
  ]);
  assert.equal(Object.getPrototypeOf(value), Object.prototype);
});

test('refuses what is not a text', () => {
  for (const value of [undefined, null, 1, {}, Buffer.from('1')]) {
    assert.throws(() => parseJson(value as unknown as string), SyntaxError);
  }
});

test('agrees with JSON.parse on every text that JSON.stringify writes', () => {
  // Its own arbitrary also makes __proto__ members and -0, which do not come back.
  const text = fc.json({ maxDepth: 5, stringUnit: 'binary' }).filter((json) => !json.includes('__proto__'));
  fc.assert(fc.property(text, (json) => assert.deepEqual(parseJson(json), JSON.parse(json))));
});

test('agrees with JSON.parse on damaged texts, except where it is stricter', () => {
  const damaged = fc
    .tuple(fc.json({ maxDepth: 3 }), fc.nat(), fc.nat(3), fc.string({ maxLength: 3 }))
    .map(([json, at, cut, put]) => {
      const start = at % (json.length + 1);
      return json.slice(0, start) + put + json.slice(start + cut);
    });
  fc.assert(
    fc.property(damaged, (text) => {
      let mine: unknown;
      try {
        mine = parseJson(text);
      } catch (error) {
        assert.ok(error instanceof SyntaxError);
        return;
      }
      assert.deepEqual(mine, JSON.parse(text));
    }),
    { numRuns: 2000 },
  );
});

const suite = publicVectors('json/test_parsing/');

test('JSONTestSuite', { skip: suite.skip }, () => {
  let seen = 0;
  for (const name of readdirSync(suite.url)) {
    let refused = false;
    try {
      parseJson(decodeUtf8(readFileSync(new URL(encodeURIComponent(name), suite.url))));
    } catch (error) {
      assert.ok(error instanceof SyntaxError, name);
      refused = true;
    }
    const duplicate = name.startsWith('y_object_duplicated_key');
    if (duplicate || name.startsWith('n_')) assert.ok(refused, name);
    else if (name.startsWith('y_')) assert.ok(!refused, name);
    seen += 1;
  }
  assert.equal(seen, 318);
});
