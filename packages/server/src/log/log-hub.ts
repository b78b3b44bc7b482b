import { setImmediate as turn } from 'node:timers/promises';
import type { BaseContext } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { mergeRuns } from '../kernel/merge-runs.ts';
import type { Entry } from './entry.ts';
import { digestOf, goesOn, type KnownLog, learnLog } from './known-log.ts';
import type { LogState } from './store.ts';

/** What a listener is told, in the order of the log. */
export interface LogListener {
  /** New entries in order, without a gap after the previous ones. */
  entries?(entries: readonly Entry[]): void;
  /** A request waits until verifiers have applied this position. Its entry was handed on before. */
  asked?(position: number): void;
  /** The log is another one: the database was restored from a backup. Forget what was handed on. */
  replaced?(): void;
}

/** What the hub stands on. */
export interface LogSource {
  /** Calls the listener when entries may have been appended, and returns the function that stops it. */
  onAppend(listener: () => void): () => void;
  /**
   * Makes a restored database safe, once for all processes: afterwards it has another log. Does nothing where it goes on
   * from what was known after all. Rejects when that cannot be told or done now.
   */
  repair(known: KnownLog): Promise<void>;
}

const pageSize = 1000;
const lookEvery = 500;
/** While the database is in doubt. Milliseconds. */
const lookAgain = 200;
/** For so long the database must look restored before anything is closed: it may be a late reading, or half restored. */
const settleTime = 750;

/**
 * Reads the log on from where it ends at the start, and hands every entry to its listeners, whichever process wrote it. It
 * is woken when something was appended, and also looks twice a second, in case a wake-up is lost.
 *
 * Where the log does not go on from what was read, the database is `doubted`: nothing may be answered from it, or from
 * what was known, until it is repaired, or goes on after all.
 */
export class LogHub {
  readonly #ctx: BaseContext;
  readonly #listeners = new Set<LogListener>();
  readonly #source: LogSource;
  #stopWaking: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #again: NodeJS.Timeout | undefined;
  #known: KnownLog = { log: '', head: 0 };
  #asked = 0;
  #doubtedSince: number | undefined;
  /** Whether it was logged why a doubt cannot be settled. */
  #warned = false;
  #replaced = 0;
  #closed = false;
  readonly #read = mergeRuns(() => this.#readOn());

  constructor(ctx: BaseContext, source: LogSource) {
    this.#ctx = ctx;
    this.#source = source;
  }

  /** Starts at the head of the log. Called once, before anybody follows. */
  async start(): Promise<void> {
    await this.#begin();
    this.#stopWaking = this.#source.onAppend(() => this.wake());
    this.#timer = setInterval(() => this.wake(), lookEvery).unref();
    this.wake();
  }

  /** The position of the last entry that was handed on. */
  get position(): number {
    return this.#known.head;
  }

  /** The highest position that verifiers were asked to confirm, as far as listeners know. */
  get asked(): number {
    return this.#asked;
  }

  /** The name of the log. */
  get log(): string {
    return this.#known.log;
  }

  /** The log as far as it was handed on; undefined while the database is doubted. */
  get known(): KnownLog | undefined {
    return this.doubted ? undefined : this.#known;
  }

  /** Whether the database does not go on from what was read. */
  get doubted(): boolean {
    return this.#doubtedSince !== undefined;
  }

  /** How often the log was replaced since the start. */
  get replacements(): number {
    return this.#replaced;
  }

  /** Tells the listener everything after the present position. Returns the function that stops it. */
  follow(listener: LogListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The log as it is now. Throws UNAVAILABLE when it does not go on from what was read. */
  async check(): Promise<LogState> {
    const reader = this.#ctx.read.log;
    const known = this.#known;
    const state = await reader.find();
    if (!this.doubted && state?.log === known.log && (await goesOn(reader, known, state))) return state;
    this.wake();
    throw new AppError('UNAVAILABLE', { retryAfter: 1, cause: new Error('the database was replaced') });
  }

  /** Reads on soon. */
  wake(): void {
    void this.#read();
  }

  /** Reads on, and resolves when that is done. */
  catchUp(): Promise<void> {
    return this.#read();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopWaking?.();
    clearInterval(this.#timer);
    clearTimeout(this.#again);
    await this.#read();
  }

  async #readOn(): Promise<void> {
    if (this.#closed) return;
    try {
      const reader = this.#ctx.read.log;
      const state = await reader.find();
      // Doubted before anything else is read: an older backup may lack what else tells.
      if (state === undefined || state.log !== this.#known.log) this.#beginDoubt();
      const goes = await goesOn(reader, this.#known, state);
      if (!goes || state?.log !== this.#known.log) return await this.#resolveDoubt(goes);
      this.#settle();
      await this.#handOn(state);
    } catch (error) {
      this.#ctx.logger.warn({ err: error }, 'the revocation log cannot be read');
    }
  }

  async #handOn(state: LogState): Promise<void> {
    while (this.#known.head < state.head) {
      const { head, last: digest } = this.#known;
      // With the known entry, so that one reading shows that the others follow on it.
      const entries = await this.#ctx.read.log.list(head - 1, pageSize);
      if (entries[0]?.seq === head) {
        const known = digestOf(entries.shift()!);
        if (digest !== undefined && known !== digest) return this.#beginDoubt();
      }
      const last = entries.at(-1);
      if (last === undefined) break;
      this.#known = { log: state.log, head: last.seq, last: digestOf(last) };
      this.#tell((listener) => listener.entries?.(entries));
      // Reading from SQLite never waits by itself.
      if (last.seq < state.head) await turn();
    }
    if (state.asked <= this.#asked) return;
    this.#asked = state.asked;
    this.#tell((listener) => listener.asked?.(state.asked));
  }

  #beginDoubt(): void {
    this.#again ??= setTimeout(() => {
      this.#again = undefined;
      this.wake();
    }, lookAgain);
    if (this.#doubtedSince !== undefined) return;
    this.#doubtedSince = performance.now();
    this.#ctx.logger.warn(
      { known: this.#known.head },
      'The revocation log does not go on from what this process knew. Nothing is answered until that is settled.',
    );
  }

  /** `followed` says that another process has repaired the database already. */
  async #resolveDoubt(followed: boolean): Promise<void> {
    this.#beginDoubt();
    if (!followed && performance.now() - this.#doubtedSince! < settleTime) return;
    try {
      await this.#source.repair(this.#known);
    } catch (error) {
      if (!this.#warned) this.#ctx.logger.warn({ err: error }, 'It cannot be settled yet.');
      this.#warned = true;
      return;
    }
    const { log } = await this.#ctx.read.log.state();
    if (log === this.#known.log) return;
    await this.#begin();
    this.#replaced += 1;
    this.#settle();
    this.#tell((listener) => listener.replaced?.());
  }

  #settle(): void {
    if (this.#doubtedSince === undefined) return;
    this.#doubtedSince = undefined;
    this.#warned = false;
    this.#ctx.logger.info({ position: this.position }, 'The revocation log is followed again.');
  }

  async #begin(): Promise<void> {
    const state = await this.#ctx.read.log.state();
    this.#known = await learnLog(this.#ctx.read.log, state);
    this.#asked = state.asked;
  }

  #tell(of: (listener: LogListener) => void): void {
    for (const listener of this.#listeners) of(listener);
  }
}
