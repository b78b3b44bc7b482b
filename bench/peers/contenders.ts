import { setImmediate } from 'node:timers/promises';
import type { Rate } from '../figures/rounds.ts';

/** Verifies every sample; true when the last one gives the session that its token names. */
export type Contender<Sample> = (samples: readonly Sample[]) => boolean | Promise<boolean>;

/** Suffix of contenders that get a new copy of every string, as a service gets them off the wire. */
export const FRESH = ', fresh strings';

/** How a round is played. */
export interface Plan {
  /** Samples in a batch. */
  readonly size: number;
  /** Passes are made until this time is up, for each contender; one pass without it. */
  readonly ms?: number;
}

/** The contenders take turns, a batch each. */
export async function playRound<Sample extends object>(
  contenders: Record<string, Contender<Sample>>,
  samples: readonly Sample[],
  { size, ms }: Plan,
): Promise<Record<string, Rate>> {
  const names = Object.keys(contenders);
  const spent = new Map(names.map((name) => [name, { wall: 0, cpu: 0 }]));
  let done = 0;
  const end = performance.now() + (ms ?? 0) * names.length;
  do {
    for (let at = 0; at < samples.length; at += size) {
      const batch = samples.slice(at, at + size);
      // In random order, so that nobody always runs in the caches and the garbage of the same other.
      for (const name of shuffled(names)) {
        // A copy for each contender: no other has hashed or flattened its strings.
        const input = name.endsWith(FRESH) ? batch.map(freshCopy) : batch;
        const sum = spent.get(name)!;
        const cpu = process.cpuUsage();
        const from = performance.now();
        const ok = await contenders[name]!(input);
        sum.wall += performance.now() - from;
        const { user, system } = process.cpuUsage(cpu);
        sum.cpu += (user + system) / 1000;
        if (!ok) throw new Error(`${name} did not verify a good token`);
      }
      done += batch.length;
      // Not measured: the event loop turns, as it does in a service, so that the verifier hears its feed.
      await setImmediate();
    }
  } while (performance.now() < end);
  return Object.fromEntries(names.map((name) => [name, perSecond(done, spent.get(name)!)]));
}

/** The same sample with a flat copy of each text in it, also of those in lists, as they come off the wire. */
export function freshCopy<T extends object>(sample: T): T {
  // A spread keeps the shape that V8 has given the sample, by which its members are found quickly.
  const copy = { ...sample };
  for (const name of Object.keys(copy) as (keyof T)[]) copy[name] = copyOf(copy[name]) as T[keyof T];
  return copy;
}

function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  return typeof value === 'string' ? Buffer.from(value, 'latin1').toString('latin1') : value;
}

function perSecond(done: number, { wall, cpu }: Rate): Rate {
  return { wall: (done * 1000) / wall, cpu: (done * 1000) / cpu };
}

function shuffled(names: readonly string[]): string[] {
  return names
    .map((name) => ({ name, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ name }) => name);
}
