import type { Context } from '../kernel/context.ts';
import { SightingWriter } from './sighting-writer.ts';
import type { Verifier, VerifierKind, VerifierName } from './verifier.ts';

/** What the registry needs to know of the log. */
export interface LogPosition {
  readonly position: number;
  readonly log: string;
}

/** What a verifier says of itself. */
export interface Report extends VerifierName {
  /** The last position that it has applied, and of which log. */
  readonly position: number;
  readonly log: string;
  readonly staleness: number;
  /** It was asked: somebody may be waiting for it. */
  readonly confirm: boolean;
  /** It decides nothing by itself any more. */
  readonly leaving: boolean;
}

/** A verifier that this process has heard of. */
interface Local extends VerifierName {
  readonly kind: VerifierKind;
  staleness: number;
  position: number;
  /** Monotonic milliseconds. */
  heardAt: number;
  /** The streams that it has open here: while it comes back there may be two. */
  streams: number;
  gone: boolean;
}

/** How often streams that are open are told to other processes, and for how long that holds. Milliseconds. */
const renewEvery = 10_000;
const lease = 25_000;
/** A verifier that could report and has not for so long is frozen, or its machine is gone. It says something every 30 s. */
const maxSilence = 100_000;
/** A verifier that was heard of within this time may have more to report. Milliseconds. */
const recently = 600_000;
/** Those that are gone are shown for so long. */
const keepGone = 3_600_000;
/** So many a service may have at most, in the eyes of one process. */
const maxLocal = 10_000;

/**
 * Who follows the log, and how far they are: what this process hears itself, at once, and what others have heard, from
 * the database. Positions are what verifiers say that they have applied, never what was sent to them.
 */
export class VerifierRegistry {
  readonly #ctx: Context;
  readonly #log: LogPosition;
  readonly #instance: string;
  readonly #local = new Map<string, Local>();
  readonly #writer: SightingWriter;
  readonly #timer: NodeJS.Timeout;
  readonly #closing = new AbortController();
  #listeners = new Set<() => void>();
  #exist = false;
  #known: { readonly rows: readonly Verifier[]; readonly at: number } | undefined;
  #reading: { readonly rows: Promise<void>; next: Promise<void> | undefined } | undefined;

  constructor(ctx: Context, log: LogPosition) {
    this.#ctx = ctx;
    this.#log = log;
    this.#instance = ctx.ids.unique();
    this.#writer = new SightingWriter(ctx, this.#instance);
    this.#timer = setInterval(() => void this.#renew(), renewEvery).unref();
  }

  /** Learns of the verifiers that others have heard of. Called once, before anything is served. */
  async start(): Promise<void> {
    await this.#read();
    this.#look();
  }

  /** Whether there may be verifiers that see sessions used of which nothing is known here yet. */
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
    const applied = reader.id === undefined ? undefined : this.#within(reader.after);
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
      if (staleness === 0) this.#local.delete(keyOf(local));
      this.#changed();
    };
  }

  /** Notes a poller that has applied everything up to `after`. Resolves when other processes can know of it. */
  async poll(service: string, id: string, staleness: number, after: number): Promise<void> {
    const known = this.#local.get(keyOf({ service, id }));
    const local = this.#hear({ service, id, kind: 'poll', staleness }, undefined);
    const fresh = known === undefined || this.#age(known) > known.staleness / 2;
    // It says what it has now: one that has begun anew may have gone back.
    local.position = this.#within(after) ?? 0;
    this.#writer.note({
      service,
      id,
      kind: 'poll',
      staleness,
      liveFor: staleness,
      held: false,
      position: local.position,
    });
    this.#changed();
    if (fresh) await this.#writer.flush();
  }

  /** Notes what a verifier says of itself. */
  report({ service, id, position, log, staleness, leaving, confirm }: Report): void {
    // A position in another log says nothing of this one.
    const applied = log === this.#log.log ? position : undefined;
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

  /** Forgets the verifiers of a service that was removed. */
  remove(service: string): void {
    for (const [key, local] of this.#local) if (local.service === service) this.#local.delete(key);
    this.#changed();
  }

  /** All verifiers. `fresh`: as of now, and not of a moment ago. */
  async list(fresh: boolean): Promise<Verifier[]> {
    if (fresh || this.#known === undefined || performance.now() - this.#known.at > 40) await this.#read();
    return this.#merged(this.#known!.rows);
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

  /** Figures of this process: verifiers that it has, and by how many entries the last of them is behind. */
  figures(): { readonly connected: number; readonly lag: number } {
    let connected = 0;
    let lag = 0;
    for (const local of this.#local.values()) {
      if (!this.#counts(local)) continue;
      connected += 1;
      if (local.staleness > 0) lag = Math.max(lag, this.#log.position - local.position);
    }
    return { connected, lag };
  }

  /** Everybody who waits is answered with what is known. */
  release(): void {
    this.#closing.abort();
  }

  async close(): Promise<void> {
    this.release();
    clearInterval(this.#timer);
    await this.#writer.close();
  }

  #hear(name: VerifierName & { kind: VerifierKind; staleness: number }, position: number | undefined): Local {
    const key = keyOf(name);
    let local = this.#local.get(key);
    if (local === undefined) {
      if (this.#local.size >= maxLocal) this.#forget(0);
      local = { ...name, position: 0, heardAt: 0, streams: 0, gone: false };
      this.#local.set(key, local);
    }
    local.staleness = name.staleness;
    if (name.staleness > 0) this.#exist = true;
    local.heardAt = performance.now();
    if (position !== undefined) local.position = Math.max(local.position, position);
    return local;
  }

  /** A position that the log never had is of another log. */
  #within(position: number | undefined): number | undefined {
    return position !== undefined && position <= this.#log.position ? position : undefined;
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  #age({ heardAt }: Local): number {
    return performance.now() - heardAt;
  }

  #counts(local: Local): boolean {
    if (local.gone) return false;
    if (local.streams > 0) return local.staleness === 0 || this.#age(local) < maxSilence;
    return this.#age(local) < local.staleness;
  }

  #merged(rows: readonly Verifier[]): Verifier[] {
    const all = new Map(rows.map((row) => [keyOf(row), row]));
    for (const [key, local] of this.#local) {
      const row = all.get(key);
      const counts = this.#counts(local);
      if (row === undefined) {
        // Its row is still being written, or cannot be.
        if (counts)
          all.set(key, {
            ...namesOf(local),
            position: local.position,
            connected: true,
            contactAge: this.#age(local),
          });
      } else if (local.gone) all.set(key, { ...row, connected: false });
      else {
        const position = local.kind === 'poll' ? local.position : Math.max(row.position, local.position);
        all.set(key, { ...row, position, connected: row.connected || counts });
      }
    }
    return [...all.values()];
  }

  /** One read at a time; whoever comes while one is under way shares the next, which begins after they came. */
  #read(): Promise<void> {
    const running = this.#reading;
    if (running !== undefined) {
      running.next ??= running.rows.catch(() => {}).then(() => this.#read());
      return running.next;
    }
    const at = performance.now();
    const rows = this.#ctx.read.verifiers
      .list()
      .then((found) => {
        this.#known = { rows: found, at };
      })
      .finally(() => {
        this.#reading = undefined;
      });
    this.#reading = { rows, next: undefined };
    return rows;
  }

  async #renew(): Promise<void> {
    this.#forget(keepGone);
    try {
      await this.#read();
      this.#look();
      if (this.#local.size === 0) return;
      const streams = [...this.#local.values()].some(({ streams: open }) => open > 0);
      await this.#ctx.transaction(async (tx) => {
        if (streams) await tx.verifiers.renew(this.#instance, lease, maxSilence);
        await tx.verifiers.prune(keepGone);
      });
    } catch (error) {
      this.#ctx.log.warn({ err: error }, 'the open streams of verifiers cannot be stored');
    }
  }

  #look(): void {
    const recent = (age: number) => age < recently;
    this.#exist =
      [...this.#local.values()].some((local) => local.staleness > 0 && recent(this.#age(local))) ||
      this.#known!.rows.some(({ contactAge }) => recent(contactAge));
  }

  #forget(age: number): void {
    for (const [key, local] of this.#local) {
      if (local.streams === 0 && this.#age(local) > Math.max(age, 2 * local.staleness))
        this.#local.delete(key);
    }
  }
}

function keyOf({ service, id }: VerifierName): string {
  return `${service} ${id}`;
}

function namesOf({ service, id, kind }: Local): VerifierName & { readonly kind: VerifierKind } {
  return { service, id, kind };
}

function positioned(position: number | undefined): { readonly position?: number } {
  return position === undefined ? {} : { position };
}
