import type { Context } from '../kernel/context.ts';
import type { Entry } from './entry.ts';
import type { LogState } from './store.ts';

/** What a follower of the log is told, in the log's order. */
export interface LogListener {
  /** Entries in order, without a gap to the batch before. */
  entries?(entries: readonly Entry[]): void;
  /** Somebody waits until verifiers have applied this position, which has been handed on. */
  asked?(position: number): void;
  /** The log is another one, or ends earlier: the database was replaced. What was handed on counts no longer. */
  replaced?(): void;
}

const pageSize = 1000;

/**
 * Follows the log from where it stands at the start and hands every entry on, whoever wrote it. It is woken when
 * something was appended, and looks by itself now and then in case that it was not.
 */
export class LogHub {
  readonly #ctx: Context;
  readonly #listeners = new Set<LogListener>();
  readonly #stopWaking: () => void;
  readonly #timer: NodeJS.Timeout;
  #position = 0;
  #asked = 0;
  #log = '';
  #reading: Promise<void> | undefined;
  #again = false;
  #closed = false;

  /** `onAppend` calls its listener when something may have been appended, and returns how to stop that. */
  constructor(ctx: Context, onAppend: (listener: () => void) => () => void) {
    this.#ctx = ctx;
    this.#stopWaking = onAppend(() => this.wake());
    this.#timer = setInterval(() => this.wake(), 500).unref();
  }

  /** Goes to the head of the log. Called once, before anything is followed. */
  async start(): Promise<void> {
    this.#goTo(await this.#ctx.read.log.state());
  }

  /** The last entry that was handed on. */
  get position(): number {
    return this.#position;
  }

  /** The highest position that verifiers were asked to confirm, as far as it was handed on. */
  get asked(): number {
    return this.#asked;
  }

  /** Which log it is. */
  get log(): string {
    return this.#log;
  }

  /** Tells the listener all that comes after the present position; returns how to stop that. */
  follow(listener: LogListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Reads on, soon. */
  wake(): void {
    if (this.#closed) return;
    if (this.#reading !== undefined) {
      this.#again = true;
      return;
    }
    this.#reading = this.#readOn().finally(() => {
      this.#reading = undefined;
      if (this.#again) {
        this.#again = false;
        this.wake();
      }
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopWaking();
    clearInterval(this.#timer);
    await this.#reading;
  }

  async #readOn(): Promise<void> {
    try {
      const state = await this.#ctx.read.log.state();
      if (state.log !== this.#log || state.head < this.#position) {
        this.#goTo(state);
        this.#tell((listener) => listener.replaced?.());
        return;
      }
      while (this.#position < state.head) {
        const entries = await this.#ctx.read.log.list(this.#position, pageSize);
        if (entries.length === 0) break;
        this.#position = entries.at(-1)!.seq;
        this.#tell((listener) => listener.entries?.(entries));
      }
      if (state.asked <= this.#asked) return;
      this.#asked = state.asked;
      this.#tell((listener) => listener.asked?.(state.asked));
    } catch (error) {
      this.#ctx.logger.warn({ err: error }, 'the revocation log cannot be read');
    }
  }

  #goTo({ head, asked, log }: LogState): void {
    this.#position = head;
    this.#asked = asked;
    this.#log = log;
  }

  #tell(of: (listener: LogListener) => void): void {
    for (const listener of this.#listeners) of(listener);
  }
}
