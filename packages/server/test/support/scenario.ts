import assert from 'node:assert/strict';
import { it } from 'node:test';
import { statusOf } from '../../src/http/errors.ts';
import type { ErrorCode } from '../../src/kernel/errors.ts';
import type { Answer, Request } from './client.ts';
import { assertProblem, type Ending, endingsOf, type Refresh, refreshesOf, type World } from './world.ts';

/** One request and all that comes of it. */
export interface Scenario<Given = unknown> {
  readonly name: string;
  /** What is so before; its endings are not counted. */
  given?(world: World): Promise<Given>;
  readonly request: Request | ((given: Given, world: World) => Request);
  /** Of an error the code says it. */
  readonly status?: number;
  readonly code?: ErrorCode;
  /** What the body must hold, at least. */
  readonly body?: object | ((given: Given) => object);
  /** What the session cookie becomes; nothing unless told. */
  readonly cookie?: 'set' | 'cleared';
  /** The sessions that end, in any order; none unless told. */
  ends?(given: Given): Ending[];
  /** Whose tokens are made anew, and why; nobody's unless told. */
  refreshes?(given: Given): Refresh[];
  afterwards?(given: Given, answer: Answer, world: World): Promise<void> | void;
}

/** Declares a row, so that its functions know what is given. */
export function scenario<Given>(row: Scenario<Given>): Scenario {
  return row as Scenario;
}

/** A row for a request that is refused, and of which nothing comes. */
export function refused(name: string, request: Request, code: ErrorCode, body: object = {}): Scenario {
  return { name, request, code, body };
}

/** Runs the rows, one test each. */
export function run(world: () => World, rows: readonly Scenario[]): void {
  for (const row of rows) it(row.name, () => play(world(), row));
}

async function play(world: World, row: Scenario): Promise<void> {
  const given = await row.given?.(world);
  const request = typeof row.request === 'function' ? row.request(given, world) : row.request;
  const head = await world.head();
  const answer = await world.call(request);
  if (row.code === undefined) assert.equal(answer.status, row.status ?? 200, answer.text.slice(0, 400));
  else assertProblem(answer, row.status ?? statusOf[row.code], row.code);
  if (answer.status === 204) assert.equal(answer.text, '');
  if (row.body !== undefined) {
    const expected = typeof row.body === 'function' ? row.body(given) : row.body;
    assert.partialDeepStrictEqual(answer.json, expected);
  }
  assertCookies(world, answer, row.cookie);
  const entries = await world.entriesSince(head);
  const ended = endingsOf(entries.filter(({ action }) => action === 'reject'));
  assert.deepEqual(refreshesOf(entries), row.refreshes?.(given) ?? []);
  assert.deepEqual(sorted(ended), sorted(row.ends?.(given) ?? []));
  for (const { session, reason } of ended) {
    const stored = await world.session(session);
    assert.ok(stored?.closeTime !== undefined, 'an event is about a session that is stored as closed');
    assert.equal(stored.closeReason, reason);
  }
  await row.afterwards?.(given, answer, world);
}

/** Exactly one line for the session cookie, or none, and nothing else. */
export function assertCookies(world: World, answer: Answer, expected: 'set' | 'cleared' | undefined): void {
  const lines = JSON.stringify(answer.headers['set-cookie'] ?? []);
  assert.equal(answer.cookies.length, expected === undefined ? 0 : 1, lines);
  if (expected === undefined) return;
  const [cookie] = answer.cookies;
  assert.equal(cookie!.name, world.cookieName);
  const maxAge = expected === 'set' ? Math.floor(world.app.config.cookieMaxAge / 1000) : 0;
  const secure = world.app.config.publicUrl.startsWith('https:') ? ['Secure'] : [];
  assert.deepEqual(
    [...cookie!.attributes].sort(),
    [`Max-Age=${maxAge}`, 'Path=/', 'HttpOnly', 'SameSite=Lax', ...secure].sort(),
    lines,
  );
  if (expected === 'set') assert.match(cookie!.value, /^[\w-]{22}\.[\w-]{43}$/);
  else assert.equal(cookie!.value, '');
}

function sorted(endings: readonly Ending[]): Ending[] {
  return endings.toSorted((a, b) => (a.session < b.session ? -1 : 1));
}
