import { grantRoles } from '../../src/identity/roles/grant-roles.ts';
import type { World } from './world.ts';

export const authenticate = { method: 'POST', path: '/auth/authenticate' };
export const logout = { method: 'POST', path: '/auth/logout' };

/** Anna by part B, and somebody else. */
export async function two(w: World) {
  const anna = await w.person();
  const ben = await w.person();
  return { anna, ben, proof: await w.login(anna), other: await w.login(ben) };
}

/** Anna signed in twice by part B, Ben once, and an admin. */
export async function everybody(w: World) {
  const anna = await w.person();
  const ben = await w.person();
  const admin = await w.person();
  await grantRoles(w.app.context, { accountId: admin.id, roles: ['admin'] });
  return {
    anna,
    first: await w.login(anna),
    second: await w.login(anna),
    other: await w.login(ben),
    root: await w.login(admin),
    admin,
  };
}

/** What a token says; nothing is verified. */
export function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;
}

/** The endings of sessions, all for one reason. */
export function ends(reason: string, ...sessions: readonly { sessionId: string }[]) {
  return sessions.map(({ sessionId }) => ({ session: sessionId, reason }));
}
