import type { Context } from '../../kernel/context.ts';
import { shared } from '../../kernel/run-once-more.ts';
import type { Leaving, Sighting } from './follower.ts';

/** How often what is not urgent is stored. Milliseconds. */
const flushEvery = 2000;

/** Stores what a process hears of followers, many at a time: a thousand reports at once are a few transactions. */
export class SightingWriter {
  readonly #ctx: Context;
  readonly #instance: string;
  readonly #timer: NodeJS.Timeout;
  #sightings = new Map<string, Sighting>();
  #leavings = new Map<string, Leaving>();

  constructor(ctx: Context, instance: string) {
    this.#ctx = ctx;
    this.#instance = instance;
    this.#timer = setInterval(() => void this.flush(), flushEvery).unref();
  }

  /** Keeps the latest of each follower, with the highest position of a stream. */
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
        ...(known !== undefined && { position: known }),
        held: before.held || sighting.held,
        liveFor: Math.max(before.liveFor, sighting.liveFor),
      });
    }
  }

  end(leaving: Leaving): void {
    this.#leavings.set(keyOf(leaving), leaving);
  }

  /** Resolves when all that was noted before is stored, or could not be: then it is tried again later. */
  readonly flush = shared(async () => {
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
        // In one order, so that two processes wait for each other and never in a circle.
        const inOrder = [...sightings].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sighting]) => sighting);
        await tx.followers.save(this.#instance, inOrder);
        const [left, cut] = [
          [...leavings.values()].filter(isLast),
          [...leavings.values()].filter((it) => !isLast(it)),
        ];
        await tx.followers.end(left);
        await tx.followers.end(cut, this.#instance);
      });
    } catch (error) {
      for (const [key, sighting] of sightings)
        if (!this.#sightings.has(key)) this.#sightings.set(key, sighting);
      for (const [key, leaving] of leavings) if (!this.#sightings.has(key)) this.#leavings.set(key, leaving);
      this.#ctx.logger.warn({ err: error }, 'what followers report cannot be stored');
    }
  }
}

/** Whether it said so itself. */
function isLast({ liveFor }: Leaving): boolean {
  return liveFor === 0;
}

function keyOf({ service, id }: Leaving | Sighting): string {
  return `${service} ${id}`;
}
