import type { World } from './world.ts';

/** Sends what a verifier reports. */
export function report(w: World, key: string, json: object) {
  return w.call({
    method: 'POST',
    path: '/auth/revocations/report',
    headers: { authorization: `Bearer ${key}` },
    json,
  });
}
