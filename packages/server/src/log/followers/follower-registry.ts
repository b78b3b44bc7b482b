import type { Context } from '../../kernel/context.ts';
import { shared } from '../../kernel/run-once-more.ts';
import type { Follower, FollowerName } from './follower.ts';
import { ageOf, LocalFollowers, maxSilence } from './local-followers.ts';
import { SightingWriter } from './sighting-writer.ts';

/** What the registry needs to know of the log. */
export interface LogPosition {
  readonly position: number;
  readonly log: string;
  /** The highest position that somebody waits for. */
  readonly asked: number;
}

/** What a follower says of itself. */
export interface Report extends FollowerName {
  /** The last position that it has applied, and of which log. */
  readonly position: number;
  readonly log: string;
  readonly staleness: number;
  /** It was asked: somebody may be waiting for it. */
  readonly confirm: boolean;
  /** It decides nothing by itself any more. */
  readonly leaving: boolean;
}

/** How often streams that are open are told to other processes, and for how long that holds. Milliseconds. */
const renewEvery = 10_000;
const lease = 25_000;
/** A follower that was heard of within this time may have more to report. Milliseconds. */
const recently = 600_000;
const nothing = { rows: [], at: Number.NEGATIVE_INFINITY };

/** Those that are gone are shown for so long. */
const keepGone = 3_600_000;
/**
 * Who follows the log, and how far they are: what this process hears itself, at once, and what others have heard, from
 * the database. Positions are what followers say that they have applied, never what was sent to them.
 */
export class FollowerRegistry {
  readonly #ctx: Context;
  readonly #log: LogPosition;
  readonly #instance: string;
  readonly #local = new LocalFollowers();
  readonly #writer: SightingWriter;
  readonly #timer: NodeJS.Timeout;
  readonly #closing = new AbortController();
  #listeners = new Set<() => void>();
  #exist = false;
  #telling: NodeJS.Timeout | undefined;
  #known: { readonly rows: readonly Follower[]; readonly at: number } = nothing;
  /** Whoever asks shares a read that begins after they asked. */
  readonly #read = shared(async () => {
    const at = performance.now();
    this.#known = { rows: await this.#ctx.read.followers.list(), at };
  });

  constructor(ctx: Context, log: LogPosition) {
    this.#ctx = ctx;
    this.#log = log;
    this.#instance = ctx.ids.unique();
    this.#writer = new SightingWriter(ctx, this.#instance);
    this.#timer = setInterval(() => void this.#renew(), renewEvery).unref();
  }

  /** Learns of the followers that others have heard of. Called once, before anything is served. */
  async start(): Promise<void> {
    await this.#read();
    this.#look();
  }

  /** Whether there may be followers that see sessions used of which nothing is known here yet. */
  get exist(): boolean {
    return this.#exist;
  }

  /** Fires when the process stops: nobody is to wait any longer. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /**
   * Notes a stream that opens, with the position that it resumes from. Resolves when other processes can know of it;
   * so it is to be called before the stream is given anything. A reader without an id is never known to have applied
   * anything. Returns how to note that the stream has ended.
   */
  async open(
    service: string,
    reader: {
      readonly id: string | undefined;
      readonly staleness: number;
      readonly after: number | undefined;
    },
  ): Promise<() => void> {
    const id = reader.id ?? this.#ctx.ids.unique();
    const staleness = reader.id === undefined ? 0 : reader.staleness;
    const applied = reader.id === undefined ? undefined : await this.#within(reader.after);
    const local = this.#hear({ service, id, kind: 'stream', staleness }, applied);
    local.streams += 1;
    local.gone = false;
    this.#writer.note({
      service,
      id,
      kind: 'stream',
      staleness,
      liveFor: staleness + lease,
      held: true,
      ...positioned(applied),
    });
    await this.#writer.flush();
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      local.streams -= 1;
      if (local.streams > 0) return;
      local.heardAt = performance.now();
      this.#writer.end({ service, id, liveFor: local.gone ? 0 : staleness });
      if (staleness === 0) this.#local.delete(local);
      this.#changed();
    };
  }

  /** Notes a poller that has applied everything up to `after`. Resolves when other processes can know of it. */
  async poll(service: string, id: string, staleness: number, after: number): Promise<void> {
    const position = (await this.#within(after)) ?? 0;
    const { asked } = this.#log;
    const known = this.#local.find({ service, id });
    const isNews = known === undefined || ageOf(known) > known.staleness / 2;
    const local = this.#hear({ service, id, kind: 'poll', staleness }, undefined);
    // It says what it has now: one that has begun anew may have gone back.
    local.position = position;
    const isAwaited = local.told < asked && position >= asked;
    if (isAwaited) local.told = position;
    this.#writer.note({
      service,
      id,
      kind: 'poll',
      staleness,
      liveFor: staleness,
      held: false,
      position,
    });
    this.#changed();
    if (isNews) await this.#writer.flush();
    else if (isAwaited) void this.#writer.flush();
  }

  /** Notes what a follower says of itself. */
  async report({ service, id, position, log, staleness, leaving, confirm }: Report): Promise<void> {
    // A position in another log says nothing of this one.
    const applied = log === this.#log.log ? await this.#within(position) : undefined;
    const local = this.#hear({ service, id, kind: 'stream', staleness }, applied);
    if (leaving) {
      local.gone = true;
      this.#writer.end({ service, id, liveFor: 0 });
    } else {
      this.#writer.note({
        service,
        id,
        kind: 'stream',
        staleness,
        liveFor: staleness,
        held: false,
        ...positioned(applied),
      });
    }
    this.#changed();
    if (confirm || leaving) void this.#writer.flush();
  }

  /** Forgets the followers of a service that was removed. */
  remove(service: string): void {
    this.#local.removeService(service);
    this.#changed();
  }

  /** The log was replaced: what was reported of it says nothing any more. */
  reset(): void {
    this.#local.resetPositions();
    this.#known = nothing;
  }

  /** All followers. `fresh`: as of now, and not of a moment ago. */
  async list(fresh: boolean): Promise<Follower[]> {
    if (fresh || performance.now() - this.#known.at > 40) await this.#read();
    return this.#local.merged(this.#known.rows);
  }

  /** Resolves when something was heard, after so many milliseconds, or with the signal. */
  changed(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#listeners.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, signal.aborted ? 0 : milliseconds);
      this.#listeners.add(done);
      signal.addEventListener('abort', done);
    });
  }

  /** Figures of this process: followers that it has, and by how many entries the last of them is behind. */
  figures(): { readonly connected: number; readonly lag: number } {
    return this.#local.figures(this.#log.position);
  }

  /** Everybody who waits is answered with what is known. */
  release(): void {
    this.#closing.abort();
  }

  async close(): Promise<void> {
    this.release();
    clearInterval(this.#timer);
    clearTimeout(this.#telling);
    await this.#writer.close();
  }

  #hear(...[name, position]: Parameters<LocalFollowers['hear']>) {
    if (name.staleness > 0) this.#exist = true;
    return this.#local.hear(name, position);
  }

  /** A position that the log never had is of another log. One may have heard of more from another process than this one has. */
  async #within(position: number | undefined): Promise<number | undefined> {
    if (position === undefined || position <= this.#log.position) return position;
    const { head } = await this.#ctx.read.log.state();
    return position <= head ? position : undefined;
  }

  /** Tells a moment later: a thousand followers that confirm together are looked at a few times, not a thousand. */
  #changed(): void {
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      for (const listener of [...this.#listeners]) listener();
    }, 2);
  }

  async #renew(): Promise<void> {
    this.#local.forget(keepGone);
    try {
      await this.#read();
      this.#look();
      if (this.#local.size === 0) return;
      await this.#ctx.transaction(async (tx) => {
        if (this.#local.hasStreams) await tx.followers.renew(this.#instance, lease, maxSilence);
        await tx.followers.prune(keepGone);
      });
    } catch (error) {
      this.#ctx.logger.warn({ err: error }, 'the open streams of followers cannot be stored');
    }
  }

  #look(): void {
    this.#exist =
      this.#local.anySince(recently) || this.#known.rows.some(({ contactAge }) => contactAge < recently);
  }
}

function positioned(position: number | undefined): { readonly position?: number } {
  return position === undefined ? {} : { position };
}
