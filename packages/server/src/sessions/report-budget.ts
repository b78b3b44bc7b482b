import { AppError } from '../kernel/errors.ts';

/** How many sessions a service may report in a second on average, and how many at once after a pause. */
const perSecond = 10_000;
const atOnce = 300_000;

/** Bounds how many sessions the holders of each service key report: each costs a look-up. */
export class ReportBudget {
  /** Until when each service has used up its budget, on the monotonic clock. Milliseconds. */
  readonly #spentUntil = new Map<string, number>();

  /** Takes that many sessions of a service's budget. Throws TOO_MANY_REQUESTS, having taken nothing, when it has too few. */
  spend(service: string, count: number): void {
    const now = performance.now();
    const spent = Math.max(now, this.#spentUntil.get(service) ?? now) + (count / perSecond) * 1000;
    const over = spent - now - (atOnce / perSecond) * 1000;
    if (over > 0) throw new AppError('TOO_MANY_REQUESTS', { retryAfter: Math.ceil(over / 1000) });
    this.#spentUntil.set(service, spent);
  }
}
