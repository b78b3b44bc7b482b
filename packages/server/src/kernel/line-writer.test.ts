import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { createLineWriter } from './line-writer.ts';

/** An output that is well, takes a few bytes at a time, or fails. */
function newOutput() {
  const taken: Buffer[] = [];
  const state = {
    failure: '',
    most: Number.POSITIVE_INFINITY,
    get text() {
      return Buffer.concat(taken).toString();
    },
  };
  const take = (bytes: Buffer): number => {
    if (state.failure !== '') throw Object.assign(new Error(state.failure), { code: state.failure });
    const part = bytes.subarray(0, state.most);
    taken.push(part);
    return part.length;
  };
  const writer = createLineWriter(
    (bytes, done) => {
      setImmediate(() => {
        try {
          done(null, take(bytes));
        } catch (error) {
          done(error as Error, 0);
        }
      });
    },
    take,
    (count) => writer.write(`lost ${count}\n`),
  );
  return { state, writer };
}

const until = async (isSo: () => boolean) => {
  while (!isSo()) await turn();
};

test('lines are written in order, also in pieces', async () => {
  const { state, writer } = newOutput();
  state.most = 3;
  writer.write('one\n');
  writer.write('two ü\n');
  await until(() => state.text.endsWith('ü\n'));
  writer.write('three\n');
  await until(() => state.text.endsWith('three\n'));
  assert.equal(state.text, 'one\ntwo ü\nthree\n');
});

test('an output that is full stops nobody; what waits follows, and the lost lines are counted', {
  timeout: 20_000,
}, async () => {
  const { state, writer } = newOutput();
  state.failure = 'ENOSPC';
  const line = `${'x'.repeat(1023)}\n`;
  for (let i = 0; i < 1500; i += 1) writer.write(line);
  await turn();
  state.failure = '';
  await until(() => state.text.includes('lost'));
  for (let i = 0; i < 20; i += 1) await turn();
  const lines = state.text.split('\n').filter(Boolean);
  assert.equal(lines.length, 1025);
  assert.equal(lines.at(-1), `lost ${1500 - 1024}`);
});

test('what waits is written at the end, as far as the output takes it', () => {
  const { state, writer } = newOutput();
  writer.write('last\n');
  writer.flush();
  assert.equal(state.text, 'last\n');
  const broken = newOutput();
  broken.state.failure = 'ENOSPC';
  broken.writer.write('last\n');
  broken.writer.flush();
  assert.equal(broken.state.text, '');
});
