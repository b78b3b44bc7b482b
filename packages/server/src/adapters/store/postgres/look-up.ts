import type { CompiledQuery } from 'kysely';
import type { FindRow } from '../sql/database.ts';
import { unavailable } from './errors.ts';
import { nameQuery } from './named-query.ts';
import type { SessionPool } from './pool.ts';

/** The most keys that one query looks up: its rows are made into objects without a pause. */
const most = 100;
/** A key that has waited for longer is given up, so that a request is answered in time where the database hangs. Milliseconds. */
const longest = 1000;

interface Waiting<Row> extends PromiseWithResolvers<Row | undefined> {
  readonly key: string;
  readonly since: number;
}

/** Whether it has not waited for too long: then it is told so. */
function isInTime({ since, reject }: Pick<Waiting<never>, 'since' | 'reject'>): boolean {
  if (performance.now() - since <= longest) return true;
  reject(unavailable(new Error('no connection to the database became free in time')));
  return false;
}

/**
 * A look-up by a key in which those share one query that come in the same turn of the event loop, or while every
 * connection of the pool is looking up others. Each is answered by a query that begins after its call. The query's one
 * parameter is a list of keys.
 */
export function lookUpTogether<Row extends { readonly id: string }>(
  pool: SessionPool,
  name: string,
  query: CompiledQuery<Row>,
): FindRow<Row> {
  const findAll = nameQuery(pool, name, query);
  const { max } = pool.pool.options;
  let waiting: Waiting<Row>[] = [];
  let running = 0;
  let due = false;

  function start(): void {
    due = false;
    while (waiting.length > 0 && running < max) void run(takeSome());
  }

  function takeSome(): Waiting<Row>[] {
    const taken = waiting.slice(0, most);
    waiting = waiting.slice(most);
    return taken;
  }

  async function run(taken: readonly Waiting<Row>[]): Promise<void> {
    running += 1;
    const asked = taken.filter(isInTime);
    try {
      const rows = asked.length === 0 ? [] : await findAll([[...new Set(asked.map(({ key }) => key))]]);
      const byKey = new Map(rows.map((row) => [row.id, row]));
      for (const { key, resolve } of asked) resolve(byKey.get(key));
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
    running -= 1;
    start();
  }

  return (key) => {
    const one = { key, since: performance.now(), ...Promise.withResolvers<Row | undefined>() };
    waiting.push(one);
    if (!due && running < max) {
      due = true;
      setImmediate(start);
    }
    return one.promise;
  };
}
