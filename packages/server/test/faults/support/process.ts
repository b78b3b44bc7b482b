import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export const mebibyte = 1 << 20;

/** The present value of a metric of a server. */
export async function gaugeOf(port: number, name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1]);
}

/** Bytes of memory that a process holds. */
export function residentOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}

/** Waits until it is so, and looks every so many milliseconds; fails with these words after a minute. */
export async function until(met: () => boolean | Promise<boolean>, what: string, every = 5): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!(await met())) {
    assert.ok(performance.now() < deadline, `not within a minute: ${what}`);
    await sleep(every);
  }
}
