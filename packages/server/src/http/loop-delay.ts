import { Histogram, type Registry } from 'prom-client';

/** How often the event loop is looked at. Milliseconds. */
const every = 10;

/**
 * Adds how late turns of the event loop come: what one request, or one step of a job, makes all others wait. Returns
 * what stops the measuring.
 */
export function addLoopDelay(register: Registry): () => void {
  const delay = new Histogram({
    name: 'latchkey_event_loop_delay_seconds',
    help: 'By how much a turn of the event loop came late; looked at every 10 ms',
    buckets: [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [register],
  });
  let due = performance.now() + every;
  const timer = setInterval(() => {
    const now = performance.now();
    delay.observe(Math.max(0, now - due) / 1000);
    due = now + every;
  }, every).unref();
  return () => clearInterval(timer);
}
