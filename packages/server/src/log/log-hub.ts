import type { BaseContext } from '../kernel/context.ts';
import { mergeRuns } from '../kernel/merge-runs.ts';
import type { Entry } from './entry.ts';
import type { LogState } from './store.ts';

/** What a listener is told, in the order of the log. */
export interface LogListener {
  /** New entries in order, without a gap after the previous ones. */
  entries?(entries: readonly Entry[]): void;
  /** A request waits until verifiers have applied this position. Its entry was handed on before. */
  asked?(position: number): void;
  /** The log is another one, or ends earlier: the database was replaced. Forget what was handed on. */
  replaced?(): void;
}

const pageSize = 1000;

/**
 * Reads the log on from where it ends at the start, and hands every entry to its listeners, whichever process wrote it. It
 * is woken when something was appended, and also looks twice a second, in case a wake-up is lost.
 */
export class LogHub {
  readonly #ctx: BaseContext;
  readonly #listeners = new Set<LogListener>();
  readonly #onAppend: (listener: () => void) => () => void;
  #stopWaking: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #position = 0;
  #asked = 0;
  #log = '';
  #closed = false;
  readonly #read = mergeRuns(() => this.#readOn());

  /** `onAppend` calls the listener when entries may have been appended, and returns the function that stops it. */
  constructor(ctx: BaseContext, onAppend: (listener: () => void) => () => void) {
    this.#ctx = ctx;
    this.#onAppend = onAppend;
  }

  /** Starts at the head of the log. Called once, before anybody follows. */
  async start(): Promise<void> {
    this.#goTo(await this.#ctx.read.log.state());
    this.#stopWaking = this.#onAppend(() => this.wake());
    this.#timer = setInterval(() => this.wake(), 500).unref();
    this.wake();
  }

  /** The position of the last entry that was handed on. */
  get position(): number {
    return this.#position;
  }

  /** The highest position that verifiers were asked to confirm, as far as listeners know. */
  get asked(): number {
    return this.#asked;
  }

  /** The name of the log. */
  get log(): string {
    return this.#log;
  }

  /** Tells the listener everything after the present position. Returns the function that stops it. */
  follow(listener: LogListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Reads on soon. */
  wake(): void {
    void this.#read();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopWaking?.();
    clearInterval(this.#timer);
    await this.#read();
  }

  async #readOn(): Promise<void> {
    if (this.#closed) return;
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
