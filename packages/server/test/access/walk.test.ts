/**
 * Calls every route that /openapi.json lists as every kind of caller, and compares what comes of it with the table that
 * people read. LATCHKEY_TEST_WRITE_ACCESS=1 writes the table instead: read its difference before you keep it.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Engine } from '../support/stores.ts';
import { openWorld, type World } from '../support/world.ts';
import { type Caller, type CallerKind, callerKinds, newCaller, newStage, type Stage } from './callers.ts';
import { type Operation, operationsOf, requestFor } from './operations.ts';
import { readTable, signOf, withRows } from './table.ts';

const file = new URL('../../../../docs/who-may-do-what.md', import.meta.url);

async function signFor(stage: Stage, caller: Caller, operation: Operation): Promise<string> {
  const { status, json } = await stage.w.call(await requestFor(stage, caller, operation));
  return signOf(status, json.code);
}

/** How many walk side by side, each among people and sites of its own. */
const walkers = 4;

async function walk(w: World): Promise<Map<string, string[]>> {
  const operations = await operationsOf(w);
  const rows = new Map<string, string[]>(operations.map((operation) => [nameOf(operation), []]));
  const left = operations.values();
  await Promise.all(Array.from({ length: walkers }, () => walkAlong(w, left, rows)));
  return rows;
}

const nameOf = ({ method, path }: Operation) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`;

/** Takes operations as long as there are any, and fills their rows. */
async function walkAlong(w: World, left: Iterable<Operation>, rows: Map<string, string[]>): Promise<void> {
  let stage = await newStage(w);
  let callers = new Map<CallerKind, Caller>();
  for (const operation of left) {
    for (const kind of callerKinds) {
      const caller = callers.get(kind) ?? (await newCaller(stage, kind));
      callers.set(kind, caller);
      const sign = await signFor(stage, caller, operation);
      rows.get(nameOf(operation))!.push(sign);
      if (sign !== '✓' || operation.method === 'GET') continue;
      // Something has changed: the next caller finds the stage as it was.
      stage = await newStage(w);
      callers = new Map();
    }
  }
}

describe('who may do what', () => {
  for (const engine of ['sqlite', 'postgres'] satisfies Engine[]) {
    it(`is as the table says, on ${engine}`, { timeout: 600_000 }, async (t) => {
      const w = await openWorld({ engine });
      t.after(() => w.close());
      const found = await walk(w);
      const page = readFileSync(file, 'utf8');
      if (process.env.LATCHKEY_TEST_WRITE_ACCESS === '1') writeFileSync(file, withRows(page, found));
      else assert.deepEqual(Object.fromEntries(found), Object.fromEntries(readTable(page)));
    });
  }
});
