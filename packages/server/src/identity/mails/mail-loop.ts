import type { Context } from '../../kernel/context.ts';
import type { Mailer } from '../../kernel/ports.ts';
import { deliverMails } from './deliver-mails.ts';

/** Delay after a mail was queued: enough for its transaction to commit. Milliseconds. */
const soon = 30;
/** How often the queue is read for mails of other processes and for retries. Milliseconds. */
const interval = 1000;
/** Pause when the mail server cannot be reached. Milliseconds. */
const pause = 5000;

/** Sends the queued mails until it is stopped. */
export class MailLoop {
  readonly #deliver: () => Promise<number>;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  /** The mail server could not be reached: a wake-up does not shorten the pause. */
  #pausing = false;
  #stopped = false;
  #woken = false;

  constructor(ctx: Context, mailer: Mailer) {
    this.#deliver = async () => {
      const { more, unreachable } = await deliverMails(ctx, mailer).catch((error: unknown) => {
        ctx.logger.warn({ err: error }, 'the queue of mails cannot be read');
        return { more: false, unreachable: true };
      });
      if (unreachable) return pause;
      return more ? 0 : interval;
    };
  }

  start(): void {
    this.#schedule(0);
  }

  wake(): void {
    this.#woken = true;
    if (this.#running === undefined && !this.#pausing) this.#schedule(soon);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #schedule(delay: number): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#running = this.#round();
    }, delay).unref();
  }

  async #round(): Promise<void> {
    this.#woken = false;
    const delay = await this.#deliver();
    this.#running = undefined;
    this.#pausing = delay === pause;
    this.#schedule(this.#woken && delay === interval ? soon : delay);
  }
}
