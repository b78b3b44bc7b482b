import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { heapSizeOf } from './heap-size.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const length = 16_000;
const copies = 200;
let unique = 0;
const name = () => (unique++).toString(36).padStart(5, '0');
const list = (item: () => string) => {
  const size = item().length + 1;
  return `[${Array.from({ length: Math.floor(length / size) }, item).join(',')}]`;
};

/** Texts of about the same length whose values take very different amounts of memory. */
const shapes: Readonly<Record<string, () => string>> = {
  'empty objects': () => list(() => '{}'),
  'empty lists': () => list(() => '[]'),
  'small numbers': () => list(() => '1'),
  fractions: () => list(() => '1.5'),
  'fractions beside an object': () => list(() => '1.5').replace('[', '[{},'),
  'short texts': () => list(() => `"${name()}"`),
  'objects of one shape': () => list(() => '{"a":1}'),
  'objects of a shape each': () => list(() => `{"${name()}":1}`),
  'objects with small indexes': () => list(() => '{"0":1}'),
  'objects with large indexes': () => list(() => '{"1023":1}'),
  'one object of many members': () =>
    `{${Array.from({ length: length / 10 }, () => `"${name()}":1`).join(',')}}`,
  'objects in objects': () => `${'{"a":'.repeat(length / 6)}1${'}'.repeat(length / 6)}`,
  'a text': () => `"${'a'.repeat(length)}"`,
  'a text of wide characters': () => `"${'a'.repeat(length)}я"`,
};

for (const [shape, make] of Object.entries(shapes)) {
  test(`is at least what V8 takes: ${shape}`, (t) => {
    const buffers = Array.from({ length: copies }, () => Buffer.from(make()));
    const before = heapUsed();
    const values = buffers.map((buffer) => [JSON.parse(buffer.toString())]);
    const taken = heapUsed() - before;
    const told = heapSizeOf(values);
    t.diagnostic(
      `${(taken / copies / length).toFixed(1)} times its text, told ${(told / taken).toFixed(2)} of that`,
    );
    assert.ok(told >= 0.98 * taken, `${told} of ${taken}`);
  });
}

function heapUsed(): number {
  for (let i = 0; i < 3; i += 1) collectGarbage();
  return process.memoryUsage().heapUsed;
}
