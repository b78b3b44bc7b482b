import { randomBytes } from 'node:crypto';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { ServerProcess } from '../../e2e/support/server-process.ts';
import { type Client, createClient } from '../../support/client.ts';
import { now } from './history.ts';
import { type Ending, end, type Session, signUp } from './people.ts';
import { prepareRun, type Run } from './run.ts';
import { askServer, type Held, ways } from './server-checks.ts';

const maxStaleness = 4000;
/** How many checks are under way at once. */
const askers = 16;

/** Somebody with a session that stays, and the ids of others to be closed. */
export interface Crowded {
  readonly userId: string;
  readonly keeps: Held;
  readonly closes: string[];
}

/** A server on PostgreSQL, a verifier that follows it, and a second session of the database that takes locks. */
export interface Scene {
  readonly run: Run;
  readonly server: ServerProcess;
  /** For what may wait: checks have connections of their own. */
  readonly client: Client;
  readonly checks: Client;
  readonly people: readonly Crowded[];
  /** Each has one session to be closed. */
  readonly pairs: readonly Crowded[];
  readonly admin: Session;
  /** Takes a lock by a statement. Resolves to what gives it back. */
  hold(statement: string): Promise<() => Promise<void>>;
  /** Makes so many accounts that a search takes long. */
  fillAccounts(): Promise<void>;
}

/** Prepares a scene that goes with the test. The verifier checks all the time. */
export async function prepareScene(t: TestContext): Promise<Scene> {
  const run = await prepareRun(t, { engine: 'postgres' });
  const server = await run.serve();
  const { client } = server;
  const checks = createClient(Number(run.settings.PORT));
  t.after(() => checks.close());
  const raw = new pg.Client({ connectionString: run.databaseUrl });
  await raw.connect();
  t.after(() => raw.end());
  const crowds = (count: number, each: number) =>
    Promise.all(Array.from({ length: count }, () => crowd(client, raw, each)));
  const [people, pairs] = [await crowds(5, 12), await crowds(15, 1)];
  const admin = await run.makeAdmin(server);
  const port = Number(run.settings.PORT);
  const { issuer, serviceKey, verifiers, record } = run;
  const ports = { feed: port, questions: port };
  verifiers.begin({ node: 'verifier', issuer, serviceKey, maxStaleness, onStale: 'reject', ports });
  await verifiers.ready('verifier');
  for (const { keeps } of people) verifiers.show(keeps);
  const reached = (state: 'poor' | 'good') => record({ what: 'network', node: 'server', state, at: now() });
  return {
    ...{ run, server, client, checks, people, pairs, admin },
    async hold(statement) {
      reached('poor');
      await raw.query('begin');
      await raw.query(statement);
      return async () => {
        await raw.query('commit');
        reached('good');
      };
    },
    async fillAccounts() {
      await raw.query(`insert into accounts select 9007199254740991 - n, 'n' || n, 'n' || n,
        repeat(md5(n::text), 30), 'n', create_time, 1, 0, time_zone, language, theme, custom_hdr, custom_dat, null
        from generate_series(1, 10000) as n, (select * from accounts limit 1) as one`);
    },
  };
}

/** Sessions that need no credential are put into the database past the service: signing in so often takes too long. */
async function crowd(client: Client, raw: pg.Client, sessions: number): Promise<Crowded> {
  const { person, session } = await signUp(client);
  const closes = Array.from({ length: sessions }, () => randomBytes(16).toString('base64url'));
  const columns =
    'account_id, open_time, request_time, expire_time, address, client, platform, auth_time, amr, data';
  await raw.query(
    `insert into sessions (id, ${columns}) select made, ${columns} from unnest($1::text[]) as made, sessions where id = $2`,
    [closes, session.id],
  );
  return { userId: person.userId, keeps: await session.token(), closes };
}

/** Asks the server about sessions in all ways, for so many milliseconds. Answers a second. */
export async function rateOfChecks({ run, checks, people }: Scene, milliseconds: number): Promise<number> {
  const since = performance.now();
  let count = 0;
  const ask = async (asker: number) => {
    for (let i = asker; performance.now() - since < milliseconds; i += 1) {
      const { keeps } = people[i % people.length]!;
      await askServer(checks, keeps, ways[i % ways.length]!, run.record);
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: askers }, (_, i) => ask(i)));
  return Math.round((count * 1000) / (performance.now() - since));
}

/** The request by which somebody closes one session, or `all` but the one that stays. */
export function closingBy({ keeps, userId }: Crowded, session: string, all = false): Ending {
  const path = `/api/v1/sessions/${userId}${all ? '?except=current' : `/${session}`}`;
  const request = { method: 'DELETE', path, headers: { 'x-session-id': keeps.credential } };
  return { way: 'close', session, tokens: [], request };
}

/** Asks to close a session until that is done. */
export async function closeUntilDone(
  { client, run }: Scene,
  closing: Ending,
  signal?: AbortSignal,
): Promise<void> {
  while (!signal?.aborted) {
    if ((await end(client, closing, run.record)) === 'done') return;
    await sleep(100);
  }
}

/** Searches accounts again and again. The statuses of the answers. */
export async function searchUntil({ client, admin }: Scene, signal: AbortSignal): Promise<number[]> {
  const statuses: number[] = [];
  const path = '/api/v1/accounts?search=nobody%20has%20this';
  while (!signal.aborted) {
    const headers = { 'x-session-id': admin.credential };
    statuses.push((await client.call({ method: 'GET', path, headers })).status);
  }
  return statuses;
}
