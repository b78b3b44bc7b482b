import type { CompiledQuery } from 'kysely';
import type { PoolClient } from 'pg';
import { hasLostStatement, isBroken, translate } from './errors.ts';
import { sqlStateOf } from './explain.ts';
import { type SessionPool, takeClient } from './pool.ts';
import { isDirect } from './session.ts';

/** "cached plan must not change result type": a migration has changed a column. */
const stalePlan = '0A000';

/**
 * The rows of a query that each connection parses and plans once, under this name, where names hold: on connections to PostgreSQL
 * itself. A connection that has lost the statement, or whose plan a migration has made useless, is given up, and the
 * query runs without a name; where connections turn out to have the statements of others, so do all later ones. The
 * query only reads, so it may run twice.
 */
export function nameQuery<Row>(
  pool: SessionPool,
  name: string,
  { sql: text }: CompiledQuery<Row>,
): (parameters: readonly unknown[]) => Promise<Row[]> {
  let namesHold = true;

  async function runOn(client: PoolClient, named: boolean, values: readonly unknown[]) {
    const query = { text, values: [...values] };
    try {
      const { rows } = await client.query(named ? { name, ...query } : query);
      client.release();
      return rows as Row[];
    } catch (error) {
      client.release(isBroken(error) || hasLostStatement(error));
      throw error;
    }
  }

  return async (parameters) => {
    try {
      const client = await takeClient(pool);
      const named = namesHold && isDirect(client);
      try {
        return await runOn(client, named, parameters);
      } catch (error) {
        if (!named || !hasLostStatement(error)) throw error;
        namesHold = sqlStateOf(error) === stalePlan;
      }
      return await runOn(await takeClient(pool), false, parameters);
    } catch (error) {
      throw translate(error);
    }
  };
}
