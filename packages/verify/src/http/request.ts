import { abortable } from './abortable.ts';

/** `fetch`, or what the verifier was given in its place. */
export type Fetch = typeof globalThis.fetch;

/**
 * Makes a request to the issuer. Follows no redirect: an answer from another place is not the issuer's, and the
 * request carries secrets.
 */
export async function request(
  fetch: Fetch,
  url: string,
  init: RequestInit & { signal: AbortSignal },
): Promise<Response> {
  const response = await abortable(
    fetch(url, { ...init, redirect: 'error', cache: 'no-store' }),
    init.signal,
  );
  if (response.redirected) {
    response.body?.cancel().catch(() => {});
    throw new TypeError('redirected');
  }
  return response;
}

/** A signal that fires after `milliseconds` or with `parent`. Call `clear` when the request is done. */
export function deadline(
  milliseconds: number,
  parent: AbortSignal,
): { signal: AbortSignal; clear: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort(new DOMException('timed out or closed', 'AbortError'));
  const timer = setTimeout(abort, milliseconds);
  if (parent.aborted) abort();
  parent.addEventListener('abort', abort);
  const clear = () => {
    clearTimeout(timer);
    parent.removeEventListener('abort', abort);
  };
  return { signal: controller.signal, clear };
}

/** Why a request failed, in the words of the system, such as `certificate has expired`: `fetch` keeps them in the cause. */
export function reasonOf(error: unknown): string {
  const { cause, message } = (error ?? {}) as {
    cause?: { message?: string; code?: string };
    message?: string;
  };
  return String(cause?.message || cause?.code || message);
}
