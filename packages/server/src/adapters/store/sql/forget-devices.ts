import { sql } from 'kysely';
import type { AccountId } from '../../../kernel/ids.ts';
import { runInBatches } from '../../../kernel/run-in-batches.ts';
import type { Database } from './database.ts';

const batch = 250;

/** Empties the devices and the data of all sessions of an account, by several statements: there can be very many. */
export async function forgetDevices({ kysely }: Database, accountId: AccountId): Promise<void> {
  let last = { open_time: -1, id: '' };
  await runInBatches(batch, async (limit) => {
    const rows = await kysely
      .selectFrom('sessions')
      .select(['open_time', 'id'])
      .where('account_id', '=', Number(accountId))
      .where(sql<boolean>`(open_time, id) > (${last.open_time}, ${last.id})`)
      .orderBy('open_time')
      .orderBy('id')
      .limit(limit)
      .execute();
    if (rows.length === 0) return 0;
    const of = { after: last, upTo: rows.at(-1)! };
    await kysely
      .updateTable('sessions')
      .set({ address: '', client: '', platform: '', data: '{}' })
      .where('account_id', '=', Number(accountId))
      .where(sql<boolean>`(open_time, id) > (${of.after.open_time}, ${of.after.id})`)
      .where(sql<boolean>`(open_time, id) <= (${of.upTo.open_time}, ${of.upTo.id})`)
      .execute();
    last = of.upTo;
    return rows.length;
  });
}
