import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ImportRecord } from '../../../import-export/import-accounts.ts';
import { readCsv } from './csv.ts';
import { decodeSource } from './decode-source.ts';
import { readJsonLines } from './json-lines.ts';
import { readLines } from './lines.ts';

async function* inChunks(content: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

async function all<T>(portions: AsyncIterable<readonly T[]>): Promise<T[]> {
  const items: T[] = [];
  for await (const portion of portions) items.push(...portion);
  return items;
}

const shown = (records: readonly ImportRecord[]) => records.map(({ line, text }) => [line, text]);

test('lines are the same however the bytes come, and a long one is not kept', async () => {
  const line = fc.oneof(fc.string({ maxLength: 12 }), fc.constant('x'.repeat(40)), fc.constant('\r'));
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { maxLength: 8 }),
      fc.integer({ min: 1, max: 30 }),
      async (texts, size) => {
        const content = texts.map((text) => text.replaceAll('\n', '')).join('\n');
        const read = await all(readLines(inChunks(Buffer.from(content), size), 20));
        const expected = content.split('\n').map((text) => Buffer.from(text.replace(/\r$/, '')));
        if (content === '' || content.endsWith('\n')) expected.pop();
        assert.deepEqual(
          read.map(({ number, bytes }) => [number, bytes?.toString('hex')]),
          expected.map((bytes, i) => [i + 1, bytes.length > 20 ? undefined : bytes.toString('hex')]),
        );
      },
    ),
  );
});

test('JSON Lines and CSV are the same however the bytes come', async () => {
  const json = Buffer.from('\ufeff{"name":"Ä"}\r\n\r\n{"name":"B"}\n{\n');
  const csv = Buffer.from('\ufeffname,login\r\n"Ä\r\n""Ä""\n",a\r\n\r\n\nB,"b"\nC');
  for (let size = 1; size < 40; size += 1) {
    assert.deepEqual(shown(await all(readJsonLines(decodeSource(inChunks(json, size))))), [
      [1, '{"name":"Ä"}'],
      [3, '{"name":"B"}'],
      [4, '{'],
    ]);
    assert.deepEqual(shown(await all(readCsv(decodeSource(inChunks(csv, size))))), [
      [2, '[["name","login"],["Ã\x84\\r\\n\\"Ã\x84\\"\\n","a"]]'],
      [7, '["B","b"]'],
      [8, '["C"]'],
    ]);
  }
});

test('what is not UTF-8 is known again by its bytes', async () => {
  const texts = async (bytes: number[]) => {
    const start = Buffer.from('name\n');
    return shown(await all(readCsv(inChunks(Buffer.concat([start, Buffer.from(bytes)]), 100))));
  };
  assert.notDeepEqual(await texts([0xff]), await texts([0xfe]));
});
