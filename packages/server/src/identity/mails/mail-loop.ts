import type { Context } from '../../kernel/context.ts';
import type { Mailer } from '../../kernel/ports.ts';
import { deliverMails } from './deliver-mails.ts';

/** How soon after a mail was queued: time enough for its transaction to be committed. Milliseconds. */
const soon = 30;
/** What other processes queued, and what is tried again, is found within this. */
const interval = 1000;
/** How long a mail server that cannot be reached is left alone. */
const pause = 5000;

/** Sends what is in the queue until it is stopped. */
export class MailLoop {
  readonly #deliver: () => Promise<number>;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  /** Not to be cut short by a wake: the mail server could not be reached. */
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
