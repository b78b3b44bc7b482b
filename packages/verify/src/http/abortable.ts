/**
 * Settles as `promise` does, or rejects with the reason of `signal` as soon as that aborts. An injected `fetch` may ignore its signal; that
 * must not make anybody wait longer.
 */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
