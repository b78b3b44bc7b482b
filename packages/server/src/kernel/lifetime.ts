import type { Logger } from './ports.ts';

type Close = () => unknown;

/** What was opened and has to be closed: the last one first, because it may use those before it. */
export class Lifetime {
  readonly #logger: Pick<Logger, 'warn'>;
  readonly #parts: { readonly name: string; readonly close: Close }[] = [];
  #closed: Promise<void> | undefined;

  constructor(logger: Pick<Logger, 'warn'>) {
    this.#logger = logger;
  }

  /** Adds what is closed with the rest, by its `close` or by being called, and returns it. The name is for the log. */
  add<T extends { close(): unknown } | Close>(name: string, part: T): T {
    this.#parts.push({ name, close: typeof part === 'function' ? part : () => part.close() });
    return part;
  }

  /** Whether `close` was called. */
  get closing(): boolean {
    return this.#closed !== undefined;
  }

  /** Closes one after the other. One that fails is logged, and the next is closed. Resolves when all are done. */
  close(): Promise<void> {
    this.#closed ??= this.#closeAll();
    return this.#closed;
  }

  async #closeAll(): Promise<void> {
    // Nothing closes before `closing` says so.
    await undefined;
    for (const { name, close } of this.#parts.toReversed()) {
      try {
        await close();
      } catch (error) {
        this.#logger.warn({ err: error }, `closing failed: ${name}`);
      }
    }
  }
}

/** Runs `open` with a new lifetime. When it throws, what it has added is closed, and the error is thrown on. */
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
