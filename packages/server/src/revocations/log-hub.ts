import type { Context } from '../kernel/context.ts';
import type { Entry } from './entry.ts';

/** Entries of the log in order, without a gap to the batch before. */
export type LogListener = (entries: readonly Entry[]) => void;

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
    this.#position = (await this.#ctx.read.revocations.state()).head;
  }

  /** The last entry that was handed on. */
  get position(): number {
    return this.#position;
  }

  /** Calls the listener with all entries after the present position; returns how to stop that. */
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
      let entries: Entry[];
      do {
        entries = await this.#ctx.read.revocations.list(this.#position, pageSize);
        if (entries.length === 0) return;
        this.#position = entries.at(-1)!.seq;
        for (const listener of this.#listeners) listener(entries);
      } while (entries.length === pageSize);
    } catch (error) {
      this.#ctx.log.warn({ err: error }, 'the revocation log cannot be read');
    }
  }
}
