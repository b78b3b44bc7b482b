import { MissingDatabaseError } from '../../adapters/store/store-error.ts';
import type { Clock } from '../../kernel/clock/clock.ts';
import type { Call } from '../frame/command.ts';
import { reportOf } from '../frame/report.ts';
import type { Check } from './check.ts';

/** With a larger difference of clocks, verifiers refuse tokens. Milliseconds. */
const maxSkew = 30_000;
/** A clock that has gone on for so long since it was set back counts as right. Milliseconds. */
const patience = 3600_000;

/** Whether the database answers and is of this version, the keys are readable, and the clock is not behind what is stored. */
export async function checkDatabase(call: Call): Promise<Check[]> {
  try {
    return await call.withContext(async ({ store, keys, context }) => {
      await store.ping();
      const cautions = await store.cautions();
      const newest = Math.max(...keys.list().map(({ createTime }) => createTime));
      return [
        { name: 'database', result: 'ok', message: 'It answers and has the tables of this version.' },
        ...cautions.map((message): Check => ({ name: 'database', result: 'warning', message })),
        { name: 'keys', result: 'ok', message: `${keys.list().length} signing keys are readable.` },
        clockCheck(newest, context.clock),
      ];
    });
  } catch (error) {
    if (error instanceof MissingDatabaseError) {
      return [{ name: 'database', result: 'ok', message: 'There is none yet: the first start creates it.' }];
    }
    const { code, message } = reportOf(error).error;
    return [{ name: code === 'KEYS' ? 'keys' : 'database', result: 'failed', message }];
  }
}

function clockCheck(newestKey: number, clock: Clock): Check {
  const now = clock.now();
  const setBack = clock.setBack();
  if (newestKey <= now + maxSkew && setBack === undefined) {
    return { name: 'clock', result: 'ok', message: 'It is not behind what is stored.' };
  }
  const days = Math.ceil((Math.max(newestKey, setBack?.latest ?? 0) - now) / (24 * 3600_000));
  const isRight = setBack !== undefined && now - setBack.to >= patience;
  return {
    name: 'clock',
    result: isRight ? 'warning' : 'failed',
    message: `Times are stored that lie up to ${days} days ahead: the clock of this machine is behind, or it was ahead and was set back.`,
  };
}
