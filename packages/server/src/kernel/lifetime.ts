import type { Logger } from './ports.ts';
import { within } from './within.ts';

type Close = () => unknown;

/** How long a part may take to close, unless it says otherwise. Milliseconds. */
const closeTime = 4000;

/** Closes what was opened, the last part first: each part may use those opened before it. */
export class Lifetime {
  readonly #logger: Pick<Logger, 'warn'>;
  readonly #parts: { readonly name: string; readonly close: Close; readonly limit: number }[] = [];
  #closed: Promise<void> | undefined;

  constructor(logger: Pick<Logger, 'warn'>) {
    this.#logger = logger;
  }

  /**
   * Adds a part, which has `close` or is itself the function that closes, and returns it. The name is for the log. After
   * `limit` milliseconds the others no longer wait for it.
   */
  add<T extends { close(): unknown } | Close>(name: string, part: T, limit = closeTime): T {
    this.#parts.push({ name, close: typeof part === 'function' ? part : () => part.close(), limit });
    return part;
  }

  /** Whether `close` was called. */
  get closing(): boolean {
    return this.#closed !== undefined;
  }

  /** Closes the parts one by one. A failure or a delay is logged, and the next part is still closed. Never rejects. */
  close(): Promise<void> {
    this.#closed ??= this.#closeAll();
    return this.#closed;
  }

  async #closeAll(): Promise<void> {
    // So that `closing` is true before the first part closes.
    await undefined;
    for (const { name, close, limit } of this.#parts.toReversed()) {
      try {
        await within(limit, close);
      } catch (error) {
        this.#logger.warn({ err: error }, `closing failed: ${name}`);
      }
    }
  }
}

/** Runs `open` with a new lifetime. If it throws, closes what it had added and rethrows. */
export async function openTogether<T>(
  logger: Pick<Logger, 'warn'>,
  open: (life: Lifetime) => Promise<T>,
): Promise<T> {
  const life = new Lifetime(logger);
  try {
    return await open(life);
  } catch (error) {
    await life.close();
    throw error;
  }
}
