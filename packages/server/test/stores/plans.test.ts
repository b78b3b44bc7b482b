import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CompiledQuery, Kysely } from 'kysely';
import type { Tables } from '../../src/adapters/store/sql/database.ts';
import { prepareByKysely } from '../../src/adapters/store/sql/prepare.ts';
import { sqlStores } from '../../src/adapters/store/sql/stores.ts';
import { openConnection } from '../../src/adapters/store/sqlite/connection.ts';
import { writerDialect } from '../../src/adapters/store/sqlite/driver.ts';
import { allAfter } from '../support/clock.ts';
import { makeDatabase } from '../support/stores.ts';

const kept = allAfter(1);

/** What runs again and again by itself, and so must not look through all that is stored. */
const works: Readonly<Record<string, (stores: ReturnType<typeof sqlStores>) => Promise<unknown>>> = {
  'sessions that are kept no longer': ({ sessions }) => sessions.removeClosed(kept, 10),
  'sessions past their limits': ({ sessions }) =>
    sessions.end({ expired: { now: 1, idleSince: 1 }, limit: 10 }, 1, 'expired'),
  'mails that are due': ({ mails }) => mails.claim(10, { waiting: kept, sending: kept }, 2),
  'mails that wait': ({ mails }) => mails.hurry(1),
  'mails that are kept no longer': ({ mails }) => mails.removeOver(kept, 10),
  'codes that are kept no longer': ({ codes }) => codes.removeExpired(1, 10),
  'mailboxes that are counted no longer': ({ mailboxes }) => mailboxes.removeOld(kept, 10),
  'imports that are kept no longer': ({ importExport }) => importExport.removeImports(kept, 10),
  'invitations that are kept no longer': ({ invitations }) => invitations.removeOld(kept, 10),
  'sends that are kept no longer': ({ invitations }) => invitations.removeSends(kept, 10),
};

test('what runs again and again is found by an index on SQLite, however much is stored', async (t) => {
  const { url } = await makeDatabase('sqlite', (undo) => t.after(undo));
  const connection = openConnection(url.slice('sqlite:'.length), { readOnly: false, busyTimeout: 1000 });
  const ran: CompiledQuery[] = [];
  const kysely = new Kysely<Tables>({
    dialect: writerDialect(connection, 1000),
    log: ({ query }) => void ran.push(query),
  });
  t.after(() => connection.database.close());
  const stores = sqlStores(
    { kysely, engine: 'sqlite', prepare: prepareByKysely(kysely, 'sqlite') },
    () => {},
  );
  for (const [what, work] of Object.entries(works)) {
    ran.length = 0;
    await work(stores);
    assert.ok(ran.length > 0, what);
    for (const { sql, parameters } of ran) {
      const plan = connection
        .prepare(`explain query plan ${sql}`)
        .all(...(parameters as (string | number)[]));
      const steps = plan.map(({ detail }) => String(detail));
      const slow = steps.filter((step) => /^SCAN (?!picked)|TEMP B-TREE/.test(step));
      assert.deepEqual(slow, [], `${what}: ${steps.join(' | ')}`);
    }
  }
});
