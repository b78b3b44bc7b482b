import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ServerEvent, SseParser } from './sse-parser.ts';

const stream =
  ': hello\n\nid: 7\nevent: entries\ndata: {"a":\ndata:1}\n\nevent:heartbeat\r\ndata: x\r\n\r\ndata:y\rretry: 5\r\rid: 9\n\nevent: open\ndata: z';
const events: ServerEvent[] = [
  { event: 'entries', id: '7', data: '{"a":\n1}' },
  { event: 'heartbeat', id: undefined, data: 'x' },
  { event: 'message', id: undefined, data: 'y' },
];

function parse(pieces: string[], limit?: number): ServerEvent[] {
  const events: ServerEvent[] = [];
  const parser = new SseParser((event) => events.push(event), limit);
  for (const piece of pieces) parser.push(piece);
  return events;
}

test('reads events, and leaves out one that has not ended', () => {
  assert.deepEqual(parse([stream]), events);
});

test('reads the same, wherever the stream is cut', () => {
  assert.deepEqual(parse([...stream]), events);
  fc.assert(
    fc.property(fc.array(fc.nat(stream.length)), (cuts) => {
      const ends = [0, ...cuts.sort((a, b) => a - b), stream.length];
      assert.deepEqual(parse(ends.slice(1).map((end, index) => stream.slice(ends[index], end))), events);
    }),
  );
});

test('gives up on an event that is too long, and not on many short ones', () => {
  assert.throws(
    () => parse(['data: ', ...Array.from({ length: 100 }, () => 'x'.repeat(50))], 1000),
    RangeError,
  );
  assert.throws(
    () =>
      parse(
        Array.from({ length: 100 }, () => `data: ${'x'.repeat(50)}\n`),
        1000,
      ),
    RangeError,
  );
  assert.equal(
    parse(
      Array.from({ length: 1000 }, () => 'data: x\n\n'),
      1000,
    ).length,
    1000,
  );
  assert.deepEqual(
    parse(
      Array.from({ length: 1000 }, () => ': comment\n'),
      1000,
    ),
    [],
  );
});
