import type { BaseContext } from '../../kernel/context.ts';
import { given } from '../../kernel/given.ts';
import { mergeRuns } from '../../kernel/merge-runs.ts';
import type { Leaving, Sighting } from './follower.ts';

/** How often sightings that are not urgent are stored. Milliseconds. */
const flushEvery = 2000;

/** Stores what a process hears of followers, in batches: a thousand reports at once take a few transactions. */
export class SightingWriter {
  readonly #ctx: BaseContext;
  readonly #instance: string;
  #timer: NodeJS.Timeout | undefined;
  #sightings = new Map<string, Sighting>();
  #leavings = new Map<string, Leaving>();

  constructor(ctx: BaseContext, instance: string) {
    this.#ctx = ctx;
    this.#instance = instance;
  }

  /** Starts to store what is not urgent at intervals. */
  start(): void {
    this.#timer = setInterval(() => void this.flush(), flushEvery).unref();
  }

  /** Of how many followers something waits to be stored. */
  get size(): number {
    return Math.max(this.#sightings.size, this.#leavings.size);
  }

  /** Keeps the latest sighting of each follower, with the highest position of a stream. */
  note(sighting: Sighting): void {
    const key = keyOf(sighting);
    const before = this.#sightings.get(key);
    this.#leavings.delete(key);
    if (before === undefined) this.#sightings.set(key, sighting);
    else {
      const { position = before.position } = sighting;
      const known = sighting.kind === 'poll' ? position : Math.max(position ?? 0, before.position ?? 0);
      this.#sightings.set(key, {
        ...sighting,
        ...given({ position: known }),
        held: before.held || sighting.held,
        liveFor: Math.max(before.liveFor, sighting.liveFor),
      });
    }
  }

  end(leaving: Leaving): void {
    this.#leavings.set(keyOf(leaving), leaving);
  }

  /** Resolves when everything noted before was stored, or failed to be: then it is tried again later. */
  readonly flush = mergeRuns(async () => {
    if (this.#sightings.size > 0 || this.#leavings.size > 0) await this.#write();
  });

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  async #write(): Promise<void> {
    const [sightings, leavings] = [this.#sightings, this.#leavings];
    this.#sightings = new Map();
    this.#leavings = new Map();
    try {
      await this.#ctx.transaction(async (tx) => {
        // Always in the same order, so that two processes cannot deadlock.
        const inOrder = [...sightings].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sighting]) => sighting);
        await tx.followers.save(this.#instance, inOrder);
        const [left, cut] = [
          [...leavings.values()].filter(saidGoodbye),
          [...leavings.values()].filter((it) => !saidGoodbye(it)),
        ];
        await tx.followers.end(left);
        await tx.followers.end(cut, this.#instance);
      });
    } catch (error) {
      for (const [key, sighting] of sightings)
        if (!this.#sightings.has(key)) this.#sightings.set(key, sighting);
      for (const [key, leaving] of leavings) if (!this.#sightings.has(key)) this.#leavings.set(key, leaving);
      this.#ctx.logger.warn({ err: error }, 'what followers report could not be stored');
    }
  }
}

/** Whether the follower said itself that it goes. */
function saidGoodbye({ liveFor }: Leaving): boolean {
  return liveFor === 0;
}

function keyOf({ service, id }: Leaving | Sighting): string {
  return `${service} ${id}`;
}
