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
import { examples } from './examples.ts';
import { readTable, signOf, withRows } from './table.ts';

const file = new URL('../../../../docs/who-may-do-what.md', import.meta.url);

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly needsBody: boolean;
}

async function operationsOf(w: World): Promise<Operation[]> {
  const document = (await w.call({ method: 'GET', path: '/openapi.json' })).json as unknown as {
    paths: Record<string, Record<string, { operationId: string; requestBody?: { required?: boolean } }>>;
  };
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      operationId,
      needsBody: requestBody?.required === true,
    })),
  );
}

async function request(stage: Stage, caller: Caller, operation: Operation): Promise<string> {
  const { method, path, operationId, needsBody } = operation;
  const make = examples[operationId];
  assert.ok(make !== undefined || !needsBody, `${operationId} needs an example in examples.ts`);
  const { json, query = '', path: members = {}, headers = {} } = (await make?.(stage, caller)) ?? {};
  const named: Record<string, string> = { user_id: stage.owner.id, site_id: stage.site, ...members };
  const url = path.replace(/\{(\w+)\}/g, (_, name) => {
    assert.ok(named[name], `${operationId} needs an example with the path's ${name}`);
    return named[name]!;
  });
  const proof = path.startsWith('/auth/') ? caller.auth : caller.facade;
  const answer = await stage.w.call({
    method,
    path: url + query,
    headers: { ...proof, ...headers },
    ...(json !== undefined && { json }),
  });
  return signOf(answer.status, answer.json?.code);
}

async function walk(w: World): Promise<Map<string, string[]>> {
  const rows = new Map<string, string[]>();
  let stage = await newStage(w);
  let callers = new Map<CallerKind, Caller>();
  for (const operation of await operationsOf(w)) {
    const cells: string[] = [];
    for (const kind of callerKinds) {
      const caller = callers.get(kind) ?? (await newCaller(stage, kind));
      callers.set(kind, caller);
      const sign = await request(stage, caller, operation);
      cells.push(sign);
      if (sign !== '✓' || operation.method === 'GET') continue;
      // Something has changed: the next caller finds the stage as it was.
      stage = await newStage(w);
      callers = new Map();
    }
    rows.set(`${operation.method} ${operation.path.replace(/\{(\w+)\}/g, ':$1')}`, cells);
  }
  return rows;
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
