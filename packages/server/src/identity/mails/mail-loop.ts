import type { Context } from '../../kernel/context.ts';
import type { Mailer } from '../../kernel/ports.ts';
import { deliverMails } from './deliver-mails.ts';

/** Delay after a mail was queued: enough for its transaction to commit. Milliseconds. */
const soon = 30;
/** How often the queue is read for mails of other processes and for retries. Milliseconds. */
const interval = 1000;
/** Pause when the mail server cannot be reached. Milliseconds. */
const pause = 5000;

/**
 * Sends the queued mails until it is stopped. At its start, once the mail server can be used again, and when the clock was
 * set back, those that wait for another try are due at once.
 */
export class MailLoop {
  readonly #mailer: Mailer;
  #ctx: Context | undefined;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  /** The mail server could not be reached: a wake-up does not shorten the pause. */
  #pausing = false;
  /** The mail server could not be used, and nothing was sent since. */
  #unreachable = false;
  /** What waits for another try is due at once: it may have waited for these settings, or for the server. */
  #hurry = true;
  /** When the clock was last set back: what waits was due by the clock from before. */
  #setBackTo: number | undefined;
  #stopped = false;
  #woken = false;

  constructor(mailer: Mailer) {
    this.#mailer = mailer;
  }

  /** Sends from now on. Called once. */
  start(ctx: Context): void {
    this.#ctx = ctx;
    this.#schedule(0);
  }

  /** Looks through the queue soon. Before the start it does nothing: the start looks through it anyway. */
  wake(): void {
    this.#woken = true;
    if (this.#ctx !== undefined && this.#running === undefined && !this.#pausing) this.#schedule(soon);
  }

  /** Stops; the mails that are being sent are finished. */
  async close(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #schedule(delay: number): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#running = this.#round(this.#ctx!);
    }, delay).unref();
  }

  async #round(ctx: Context): Promise<void> {
    this.#woken = false;
    const delay = await this.#deliver(ctx).catch((error: unknown) => {
      ctx.logger.warn({ err: error }, 'the queue of mails cannot be read');
      return pause;
    });
    this.#running = undefined;
    this.#pausing = delay === pause;
    this.#schedule(this.#woken && delay === interval ? soon : delay);
  }

  /** Sends what is due, and returns after how many milliseconds to look again. */
  async #deliver(ctx: Context): Promise<number> {
    const setBackTo = ctx.clock.setBack()?.to;
    if (setBackTo !== undefined && setBackTo !== this.#setBackTo) this.#hurry = true;
    this.#setBackTo = setBackTo;
    if (this.#hurry) await ctx.transaction((tx) => tx.mails.hurry(ctx.clock.now()));
    this.#hurry = false;
    const { more, sent, unreachable } = await deliverMails(ctx, this.#mailer);
    if (unreachable) this.#unreachable = true;
    if (unreachable && sent === 0) return pause;
    this.#hurry = this.#unreachable && sent > 0;
    if (this.#hurry) this.#unreachable = false;
    return more || this.#hurry ? 0 : interval;
  }
}
