/** The script's end of the channel that pin.ts opens. */

export interface Order<What> {
  readonly id: number;
  readonly order: What;
}

export interface Reply {
  /** The id of the order. */
  readonly reply: number;
  readonly answer?: unknown;
  readonly failure?: string;
}

/** Tells a reply from what a script sends by itself. */
export function isReply(message: unknown): message is Reply {
  return typeof message === 'object' && message !== null && 'reply' in message;
}

/** Says that the script is ready, then carries out each order of `ask` and replies to it, until the bench goes. */
export function serveOrders<What>(perform: (order: What) => unknown, ready: unknown = 'ready'): void {
  process.on('message', ({ id, order }: Order<What>) => void reply(id, async () => perform(order)));
  process.once('disconnect', () => process.exit(0));
  process.send?.(ready);
}

async function reply(id: number, perform: () => Promise<unknown>): Promise<void> {
  try {
    process.send?.({ reply: id, answer: await perform() } satisfies Reply);
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    process.send?.({ reply: id, failure } satisfies Reply);
  }
}
