/** Fills the log of a stopped server with COUNT ended sessions, through its own store. */
import { openContext } from '../../packages/server/src/app/open-context.ts';
import { loadConfig } from '../../packages/server/src/config/config.ts';
import type { NewEntry } from '../../packages/server/src/log/entry.ts';

const { COUNT, ...env } = process.env;
const count = Number(COUNT);
const { context, close } = await openContext(loadConfig(env, { cwd: process.cwd() }));
const at = Math.floor(context.clock.now() / 1000);
for (let done = 0; done < count; done += 10_000) {
  const entries = Array.from({ length: Math.min(10_000, count - done) }, (): NewEntry => {
    return { subject: { session: context.ids.sessionId() }, action: 'reject', reason: 'signout' };
  });
  await context.transaction((tx) => tx.log.append(entries, at, at + 3600));
}
await close();
process.send?.('done');
