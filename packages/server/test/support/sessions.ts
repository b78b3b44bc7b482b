import assert from 'node:assert/strict';
import type { Person, World } from './world.ts';

export const closeSession = (userId: string, sessionId: string) => ({
  method: 'DELETE',
  path: `/api/v1/sessions/${userId}/${sessionId}`,
});

/** Anna with two more sessions, Ben, and an admin. */
export async function sessionPeople(w: World) {
  const anna = await w.person();
  const second = await w.again(anna);
  const third = await w.again(anna);
  return { anna, second, third, ben: await w.person(), root: await w.admin() };
}

export interface SessionPage {
  readonly data: readonly { readonly id: string; readonly user_id: string; readonly active: boolean }[];
  readonly total?: number;
}

export async function listSessions(w: World, as: Person, path: string): Promise<SessionPage> {
  const answer = await w.call({ method: 'GET', path: `/api/v1/sessions${path}`, headers: w.byHeader(as) });
  assert.equal(answer.status, 200, answer.text);
  return answer.json as unknown as SessionPage;
}

export const idsOf = ({ data }: SessionPage) => data.map(({ id }) => id);
