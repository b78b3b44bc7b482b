/** Tells listeners that the log has grown. Starts its watcher with the first listener and stops it after the last. */
export interface AppendSignal {
  /** Calls the listener after each growth, until the function that it returns is called. */
  add(listener: () => void): () => void;
  /**
   * Tells that the log now ends at this position, or that verifiers were asked for that one; tells nobody twice of the
   * same.
   */
  moved(head: number, asked?: number): void;
  close(): void;
}

/** A signal over a watcher that sees what other processes append: `watch` starts it and returns what stops it. */
export function createAppendSignal(watch: (moved: AppendSignal['moved']) => () => void): AppendSignal {
  const listeners = new Set<() => void>();
  let stop: (() => void) | undefined;
  let last = -1;
  let lastAsked = 0;

  function moved(head: number, asked = 0) {
    if (head <= last && asked <= lastAsked) return;
    last = Math.max(last, head);
    lastAsked = Math.max(lastAsked, asked);
    for (const listener of listeners) listener();
  }

  function close() {
    listeners.clear();
    stop?.();
    stop = undefined;
  }

  return {
    add(listener) {
      const own = () => listener();
      listeners.add(own);
      stop ??= watch(moved);
      return () => {
        listeners.delete(own);
        if (listeners.size === 0) close();
      };
    },
    moved,
    close,
  };
}
