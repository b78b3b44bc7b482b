import { randomBytes } from 'node:crypto';
import { clearTimeout, setTimeout } from 'node:timers';
import { deadline, type Fetch, request } from '../http/request.ts';
import { type Activity, type Batch, reportBatch } from './activity.ts';

/** All in milliseconds. */
export const reportTimes = { every: 30_000, timeout: 3_000, last: 1_000 };

/** What the reporter needs. */
export interface ReporterOptions {
  readonly url: string;
  readonly serviceKey: string;
  readonly fetch: Fetch;
  readonly maxStaleness: number;
  readonly activity: Activity;
  /** The last position that was applied, and the log it is in; `undefined` before the first. */
  readonly applied: () => { readonly position: number; readonly log: string } | undefined;
}

/**
 * Tells the issuer which position was applied and which sessions were seen: every 30 s, or as often as the issuer
 * says, and at once when the issuer waits for it. A report that fails is sent later. No check depends on reports.
 */
export class Reporter {
  /** Distinguishes this verifier from others with the same key. */
  readonly id = randomBytes(16).toString('base64url');
  readonly #options: ReporterOptions;
  readonly #closing = new AbortController();
  #every = reportTimes.every;
  #timer: NodeJS.Timeout | undefined;
  #asked = 0;
  #told = 0;
  #confirming = false;
  #reporting = false;

  constructor(options: ReporterOptions) {
    this.#options = options;
  }

  start(): void {
    this.#schedule();
  }

  /** The headers of the request that opens the feed. */
  get headers(): Record<string, string> {
    return {
      'latchkey-verifier': this.id,
      'latchkey-staleness': String(Math.ceil(this.#options.maxStaleness)),
    };
  }

  /** How often the issuer wants reports, in milliseconds. A value that is not a reasonable number is ignored. */
  set every(text: string | null) {
    const milliseconds = /^[1-9][0-9]{1,5}$/.test(text ?? '') ? Number(text) : reportTimes.every;
    const every = Math.min(milliseconds, reportTimes.every);
    if (every === this.#every) return;
    this.#every = every;
    this.#schedule();
  }

  /** Sends what was gathered at once. */
  hurry(): void {
    void this.#report();
  }

  /** The issuer waits until this position is applied. */
  ask(position: number): void {
    this.#asked = Math.max(this.#asked, position);
  }

  /** Call it after every message of the feed. */
  progress(): void {
    const applied = this.#options.applied();
    if (applied === undefined || this.#asked <= this.#told || applied.position < this.#asked) return;
    if (!this.#confirming) void this.#confirm();
  }

  /** Sends what is left, within one second, and nothing after that. */
  close(): void {
    clearTimeout(this.#timer);
    this.#closing.abort();
    const applied = this.#options.applied();
    if (applied === undefined) return;
    const last = deadline(reportTimes.last, new AbortController().signal);
    void this.#flush(last.signal).finally(last.clear);
  }

  async #flush(signal: AbortSignal): Promise<void> {
    try {
      for (;;) {
        const sessions = this.#options.activity.take();
        const more = sessions !== undefined && sessions.length === reportBatch;
        await this.#post({ ...(sessions && { sessions }), ...(!more && { leaving: true }) }, signal);
        if (!more) return;
      }
    } catch {}
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    // Spread out, so that a thousand verifiers that started together do not report together.
    this.#timer = setTimeout(() => void this.#report(), this.#every * (0.8 + Math.random() / 5));
    this.#timer.unref();
  }

  async #confirm(): Promise<void> {
    this.#confirming = true;
    const { signal, clear } = deadline(reportTimes.timeout, this.#closing.signal);
    const done = await this.#post({ confirm: true }, signal).then(
      () => true,
      () => false, // The next heartbeat asks again.
    );
    clear();
    this.#confirming = false;
    if (done) this.progress();
  }

  async #report(): Promise<void> {
    if (this.#reporting) return;
    this.#reporting = true;
    const { activity, applied } = this.#options;
    const { signal, clear } = deadline(reportTimes.timeout, this.#closing.signal);
    let sessions: Batch | undefined;
    try {
      do {
        if (applied() === undefined) break;
        sessions = activity.take();
        await this.#post({ ...(sessions && { sessions }) }, signal);
      } while (sessions?.length === reportBatch);
    } catch {
      if (sessions !== undefined) activity.putBack(sessions);
    }
    clear();
    this.#reporting = false;
    if (!this.#closing.signal.aborted) this.#schedule();
  }

  async #post(more: object, signal: AbortSignal): Promise<void> {
    const { url, serviceKey, fetch, maxStaleness, applied } = this.#options;
    const { position, log } = applied()!;
    const staleness = Math.min(2 ** 31 - 1, Math.ceil(maxStaleness));
    const body = JSON.stringify({ verifier: this.id, log, position, staleness, ...more });
    // An idle connection may die unnoticed, and the feed would try it next.
    const connection = 'close';
    const headers = { authorization: `Bearer ${serviceKey}`, 'content-type': 'application/json', connection };
    const response = await request(fetch, url, { method: 'POST', headers, body, signal });
    response.body?.cancel().catch(() => {});
    // What was refused will be refused again. Only a request that could not be answered is tried again.
    if (response.status >= 500 || response.status === 429) throw new Error(`status ${response.status}`);
    this.#told = Math.max(this.#told, position);
  }
}
