import type { Server } from 'node:net';

/** After so long the next turn will do. Milliseconds. */
const patience = 1000;

/**
 * Calls back in a turn of the event loop in which none of the listeners had a connection to take, and as little else was
 * done as can be hoped for. If they are closed at once, the kernel has hardly had time to take one on their behalf: those
 * that it has taken are reset, and a proxy must not send a POST again that was on one of them.
 */
export function atNoArrival(listeners: readonly Server[], close: () => void): void {
  const begin = performance.now();
  let before = begin;
  let came = true;
  const note = () => {
    came = true;
  };
  for (const each of listeners) each.on('connection', note);
  // Events are looked for between two calls; libuv takes one connection then, however many wait.
  const look = () => {
    const now = performance.now();
    // In an idle turn some hundredths of a millisecond pass. On a busy server the shortest that comes is taken, sooner or later.
    const isIdle = !came && now - before < 0.1 + (now - begin) / 100;
    if (isIdle || now - begin > patience) {
      for (const each of listeners) each.off('connection', note);
      close();
      return;
    }
    before = now;
    came = false;
    setImmediate(look);
  };
  setImmediate(look);
}
