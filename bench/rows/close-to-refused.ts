import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, Row } from '../context.ts';
import { type Figure, within } from '../figures/figure.ts';
import { quantile } from '../figures/stats.ts';
import { LOAD_CORE, type PinnedScript, startScript } from '../load/pin.ts';
import { addService, type Latchkey } from '../server/latchkey.ts';

const PROCESSES = 4;
const CLOSINGS = 100;
/** Milliseconds between two closings, per verifier: all of them share one core, whose speed is not what is measured. */
const PAUSE = 0.1;

/** How long after the answer to a close each verifier refuses the session; 100 and 1,000 connections in 4 processes. */
export const closeToRefused100: Row = row(100, 20, 100);
export const closeToRefused1000: Row = row(1000, undefined, 250);

function row(verifiers: number, p50: number | undefined, p99: number): Row {
  return {
    name: `close-to-refused-${verifiers}`,
    async run(context) {
      const ours = await context.latchkey();
      if (!ours) return [];
      const delays = await measure(context, ours, verifiers);
      const name = `close to refused by ${verifiers} verifiers`;
      return [
        within(`${name}, p50`, 'ms', [quantile(delays, 0.5)], p50),
        within(`${name}, p99`, 'ms', [quantile(delays, 0.99)], p99),
        { ...within(`${name}, slowest`, 'ms', [quantile(delays, 1)]), note: `${delays.length} refusals` },
      ] satisfies Figure[];
    },
  };
}

async function measure(context: Context, ours: Latchkey, count: number): Promise<number[]> {
  const env = {
    ISSUER: ours.url,
    SERVICE_KEY: addService(ours, `bench-${count}`),
    COUNT: String(count / PROCESSES),
  };
  const script = 'load/verifiers-process.ts';
  const processes = Array.from({ length: PROCESSES }, () => startScript(LOAD_CORE, script, env));
  try {
    for (const each of processes) await each.message();
    const answered = new Map<string, bigint>();
    let last = { token: '', cookie: '' };
    for (const cookie of context.takeCookies(ours, CLOSINGS)) {
      const { token, userId, sessionId } = (await ours.json('POST', '/auth/who-am-i', cookie)) as Closing;
      await ours.json('DELETE', `/api/v1/sessions/${userId}/${sessionId}`, cookie);
      answered.set(sessionId, process.hrtime.bigint());
      last = { token, cookie: cookie.slice(cookie.indexOf('=') + 1) };
      await sleep(Math.max(20, count * PAUSE));
    }
    await sleep(1500);
    const delays: number[] = [];
    for (const each of processes) delays.push(...(await delaysOf(each, answered, count / PROCESSES, last)));
    return delays;
  } finally {
    await Promise.all(processes.map((each) => each.stop()));
  }
}

interface Closing {
  readonly token: string;
  readonly userId: number;
  readonly sessionId: string;
}

/** Milliseconds, from the answer to each close to each verifier's refusal; 0 where the refusal came before the answer. */
async function delaysOf(
  { ask }: PinnedScript,
  answered: ReadonlyMap<string, bigint>,
  verifiers: number,
  last: { token: string; cookie: string },
): Promise<number[]> {
  const refused = await ask<Record<string, string[]>>('refusals');
  const said = await ask<string[]>(last);
  if (said.some((reason) => reason !== 'revoked')) throw new Error('a verifier accepts a closed session');
  return [...answered].flatMap(([sessionId, at]) => {
    const times = refused[sessionId] ?? [];
    if (times.length !== verifiers) throw new Error(`${times.length} of ${verifiers} verifiers were told`);
    return times.map((time) => Math.max(0, Number(BigInt(time) - at) / 1e6));
  });
}
