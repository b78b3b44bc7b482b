import type { BaseContext } from '../../kernel/context.ts';
import { given } from '../../kernel/given.ts';
import { ChangeSignal } from './change-signal.ts';
import type { Follower, FollowerName } from './follower.ts';
import { ageOf, LocalFollowers, maxSilence } from './local-followers.ts';
import { SightingWriter } from './sighting-writer.ts';
import { StoredFollowers } from './stored-followers.ts';

/** What the registry needs of the log. */
export interface LogPosition {
  readonly position: number;
  readonly log: string;
  /** The highest position that a request waits for. */
  readonly asked: number;
}

/** What a follower reports of itself. */
export interface Report extends FollowerName {
  /** The last position that it has applied, and the log that the position belongs to. */
  readonly position: number;
  readonly log: string;
  readonly staleness: number;
  /** Whether it was asked to confirm, so that a request may be waiting for it. */
  readonly confirm: boolean;
  /** Whether it will decide nothing by itself any more. */
  readonly leaving: boolean;
}

/** How often other processes are told of open streams, and how long they rely on that. Milliseconds. */
const renewEvery = 10_000;
const lease = 25_000;
/** A follower heard of within this time may have uses to report. Milliseconds. */
const recently = 600_000;

/** How long a disconnected follower stays listed. Milliseconds. */
const keepGone = 3_600_000;

/**
 * Knows who follows the log, and how far each one is: from what this process hears, and from the database, where other
 * processes store what they hear. A position is what a follower says it has applied, never what was sent to it.
 */
export class FollowerRegistry {
  readonly #ctx: BaseContext;
  readonly #log: LogPosition;
  readonly #instance: string;
  readonly #local = new LocalFollowers();
  readonly #stored: StoredFollowers;
  readonly #writer: SightingWriter;
  #timer: NodeJS.Timeout | undefined;
  readonly #closing = new AbortController();
  readonly #changes = new ChangeSignal();
  #exist = false;

  constructor(ctx: BaseContext, log: LogPosition) {
    this.#ctx = ctx;
    this.#log = log;
    this.#instance = ctx.ids.unique();
    this.#stored = new StoredFollowers(ctx);
    this.#writer = new SightingWriter(ctx, this.#instance);
  }

  /** Reads the followers that other processes have heard of. Called once, before anything is served. */
  async start(): Promise<void> {
    await this.#stored.list(true);
    this.#updateExist();
    this.#writer.start();
    this.#timer = setInterval(() => void this.#renew(), renewEvery).unref();
  }

  /** Whether there may be followers that have seen uses of sessions and not reported them yet. */
  get exist(): boolean {
    return this.#exist;
  }

  /** Aborted when the process stops: no request may wait any longer. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /**
   * Notes a new stream, with the position that it resumes from. Resolves when other processes can know of it, so call it
   * before the stream gets anything. A reader without an id never counts as having applied anything. Returns the
   * function that notes the end of the stream.
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
    const applied = reader.id === undefined ? undefined : await this.#checkPosition(reader.after);
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
      ...given({ position: applied }),
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
      this.#changes.notify();
    };
  }

  /** Notes a poller that has applied everything up to `after`. Resolves when other processes can know of it. */
  async poll(service: string, id: string, staleness: number, after: number): Promise<void> {
    const position = (await this.#checkPosition(after)) ?? 0;
    const { asked } = this.#log;
    const known = this.#local.find({ service, id });
    const isNews = known === undefined || ageOf(known) > known.staleness / 2;
    const local = this.#hear({ service, id, kind: 'poll', staleness }, undefined);
    // It says what it has now. A poller that started anew may have gone back.
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
    this.#changes.notify();
    if (isNews) await this.#writer.flush();
    else if (isAwaited) void this.#writer.flush();
  }

  /** Notes what a follower reports of itself. */
  async report({ service, id, position, log, staleness, leaving, confirm }: Report): Promise<void> {
    // A position of another log says nothing about this one.
    const applied = log === this.#log.log ? await this.#checkPosition(position) : undefined;
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
        ...given({ position: applied }),
      });
    }
    this.#changes.notify();
    if (confirm || leaving) void this.#writer.flush();
  }

  /** Forgets the followers of a service that was removed. */
  remove(service: string): void {
    this.#local.removeService(service);
    this.#changes.notify();
  }

  /** Forgets all positions, because the log was replaced. */
  reset(): void {
    this.#local.resetPositions();
    this.#stored.forget();
  }

  /** All followers: with `fresh` as they are now, otherwise as of a moment ago. */
  async list(fresh: boolean): Promise<Follower[]> {
    return this.#local.mergeWith(await this.#stored.list(fresh));
  }

  /** Resolves when something was heard, after this many milliseconds, or with the signal. */
  waitForChange(milliseconds: number, signal: AbortSignal): Promise<void> {
    return this.#changes.wait(milliseconds, signal);
  }

  /** How many followers this process has, and by how many entries the slowest of them is behind. */
  figures(): { readonly connected: number; readonly lag: number } {
    return this.#local.figures(this.#log.position);
  }

  /** Ends all waiting: requests are answered with what is known. */
  release(): void {
    this.#closing.abort();
  }

  async close(): Promise<void> {
    this.release();
    clearInterval(this.#timer);
    this.#changes.close();
    await this.#writer.close();
  }

  #hear(...[name, position]: Parameters<LocalFollowers['hear']>) {
    if (name.staleness > 0) this.#exist = true;
    return this.#local.hear(name, position);
  }

  /** The position, unless the log never had it. Another process may have read further than this one, so the log is asked. */
  async #checkPosition(position: number | undefined): Promise<number | undefined> {
    if (position === undefined || position <= this.#log.position) return position;
    const { head } = await this.#ctx.read.log.state();
    return position <= head ? position : undefined;
  }

  async #renew(): Promise<void> {
    this.#local.forget(keepGone);
    try {
      if (await this.#ctx.read.followers.isAnyAhead(lease)) {
        await this.#ctx.transaction((tx) => tx.followers.moveBack(lease));
      }
      await this.#stored.list(true);
      this.#updateExist();
      if (this.#local.size === 0) return;
      await this.#ctx.transaction(async (tx) => {
        if (this.#local.hasStreams) await tx.followers.renew(this.#instance, lease, maxSilence);
        await tx.followers.prune(keepGone);
      });
    } catch (error) {
      this.#ctx.logger.warn({ err: error }, 'the open streams of followers could not be stored');
    }
  }

  /** Finds out whether any process has heard of a follower lately. */
  #updateExist(): void {
    this.#exist =
      this.#local.hasHeardWithin(recently) ||
      this.#stored.last.some(({ contactAge }) => contactAge < recently);
  }
}
