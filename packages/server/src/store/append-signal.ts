/** Tells listeners that the log has grown. Starts its watcher with the first listener and stops it after the last. */
export interface AppendSignal {
  /** Calls the listener after each growth, until the function that it returns is called. */
  add(listener: () => void): () => void;
  /** Tells that the log now ends at this position; tells nobody twice of the same one. */
  moved(head: number): void;
  close(): void;
}

/** A signal over a watcher that sees what other processes append: `watch` starts it and returns what stops it. */
export function createAppendSignal(watch: (moved: (head: number) => void) => () => void): AppendSignal {
  const listeners = new Set<() => void>();
  let stop: (() => void) | undefined;
  let last = -1;

  function moved(head: number) {
    if (head <= last) return;
    last = head;
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
