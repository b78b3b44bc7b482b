import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pruneMails } from '../../src/identity/mails/prune-mails.ts';
import { forgetImports } from '../../src/import-export/forget-imports.ts';
import { noCounts } from '../../src/import-export/import-progress.ts';
import { pruneLog } from '../../src/log/prune-log.ts';
import { forgetSessions } from '../../src/sessions/forget-sessions.ts';
import { openWorld } from '../support/world.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const page = { skip: 0, take: 100, total: false };

for (const engine of ['sqlite', 'postgres'] as const) {
  describe(`what is kept, and for how long, on ${engine}`, () => {
    test('a closed session for its time, and until the log has forgotten it; an open one for ever', async (t) => {
      const settings = { LATCHKEY_SESSION_RETENTION: '5m', LATCHKEY_TOKEN_TTL: '1h' };
      const w = await openWorld({ engine, env: settings, frozen: true });
      t.after(() => w.close());
      const { context } = w.app;
      const anna = await w.person();
      const closed = await w.again(anna);
      await context.endSession(closed.sessionId, 'closed');
      w.clock.move(10 * minute);
      assert.equal(await forgetSessions(context), 0, 'the log still tells of its end');
      assert.equal((await w.session(closed.sessionId))?.closeReason, 'closed');

      w.clock.move(60 * minute);
      await pruneLog(context);
      assert.equal(await forgetSessions(context), 1);
      assert.equal(await w.session(closed.sessionId), undefined);
      await w.assertLive(anna);
      await w.assertDead(closed);
    });

    test('nothing is forgotten where it is to be kept forever', async (t) => {
      const env = {
        LATCHKEY_SESSION_RETENTION: 'forever',
        LATCHKEY_MAIL_RETENTION: 'forever',
        LATCHKEY_IMPORT_RETENTION: 'forever',
      };
      const w = await openWorld({ engine, env, frozen: true });
      t.after(() => w.close());
      const { context } = w.app;
      const anna = await w.person();
      await context.endSession(anna.sessionId, 'closed');
      w.clock.move(20_000 * day);
      await pruneLog(context);
      assert.deepEqual(
        [await forgetSessions(context), await pruneMails(context), await forgetImports(context)],
        [0, 0, 0],
      );
      assert.equal((await w.session(anna.sessionId))?.closeReason, 'closed');
    });

    test('a mail from when it was sent or given up, one that waits for ever, an import from its last account', async (t) => {
      const env = { LATCHKEY_MAIL_RETENTION: '2d', LATCHKEY_IMPORT_RETENTION: '1d' };
      const w = await openWorld({ engine, env, frozen: true });
      t.after(() => w.close());
      const { context } = w.app;
      const now = context.clock.now();
      const mail = (id: string, status: 'waiting' | 'sent' | 'parked', nextTime: number) =>
        ({ id, kind: 'new-device', createTime: now - 9 * day, attempts: 1, status, nextTime }) as const;
      await context.transaction(async (tx) => {
        for (const one of [
          mail('old', 'sent', now - 2 * day - 1),
          mail('lost', 'parked', now - 2 * day - 1),
          mail('waits', 'waiting', now - 9 * day),
          mail('just', 'parked', now - 2 * day + 1),
        ])
          await tx.mails.put(one);
        for (const [id, updateTime] of [
          ['done', now - day - 1],
          ['runs', now],
        ] as const) {
          const progress = { ...noCounts, id, digest: id, records: 1, updateTime };
          await tx.importExport.saveImport(progress, undefined);
        }
      });
      assert.deepEqual([await pruneMails(context), await forgetImports(context)], [2, 1]);
      const left = (await context.read.mails.list({}, page)).data.map(({ id }) => id);
      assert.deepEqual(left.toSorted(), ['just', 'waits']);
      assert.equal(await context.read.importExport.findImport('done'), undefined);
      assert.ok(await context.read.importExport.findImport('runs'));
    });
  });
}
