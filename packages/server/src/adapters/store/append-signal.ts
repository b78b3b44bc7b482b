/** Tells listeners that the log has grown. Watches the log only while there are listeners. */
export interface AppendSignal {
  /** Calls the listener each time the log has grown, until the function that it returns is called. */
  subscribe(listener: () => void): () => void;
  /**
   * Calls the listeners when the log ends at a later position than before, or when followers are asked to confirm a
   * later one (`asked`). Nothing happens when neither is later.
   */
  emit(head: number, asked?: number): void;
  /** Calls the listeners: the log may be another one. */
  wake(): void;
  close(): void;
}

/** A signal that also sees what other processes append: `watch` begins to look for it and returns what stops it. */
export function createAppendSignal(watch: (emit: AppendSignal['emit']) => () => void): AppendSignal {
  const listeners = new Set<() => void>();
  let stop: (() => void) | undefined;
  let last = -1;
  let lastAsked = 0;

  function emit(head: number, asked = 0) {
    if (head <= last && asked <= lastAsked) return;
    last = Math.max(last, head);
    lastAsked = Math.max(lastAsked, asked);
    wake();
  }

  function wake() {
    for (const listener of listeners) listener();
  }

  function close() {
    listeners.clear();
    stop?.();
    stop = undefined;
  }

  return {
    subscribe(listener) {
      const own = () => listener();
      listeners.add(own);
      stop ??= watch(emit);
      return () => {
        listeners.delete(own);
        if (listeners.size === 0) close();
      };
    },
    emit,
    wake,
    close,
  };
}
