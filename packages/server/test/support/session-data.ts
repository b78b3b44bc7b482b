import type { Request } from './client.ts';
import type { Person, World } from './world.ts';

/** A request for the data of a session, by its public id unless another is given. */
export const dataRequest = (
  method: string,
  { id, sessionId }: Pick<Person, 'id' | 'sessionId'>,
  json?: unknown,
  path = `${id}/${sessionId}`,
): Request => ({
  method,
  path: `/api/v1/sessions/${path}/data`,
  ...(json !== undefined && { json }),
});

/** Anna with some data, somebody else, and an admin. */
export async function dataPeople(w: World) {
  const anna = await w.person();
  const data = { theme: 'dark', cart: { apples: 2, pears: 1 }, seen: [1, null] };
  await w.call({ ...dataRequest('PUT', anna, data), headers: w.byHeader(anna) });
  return { anna, ben: await w.person(), root: await w.admin(), data };
}

/** The data as the session itself, and the list of an admin, show it. */
export async function shownData(w: World, person: Person, root: Person): Promise<unknown[]> {
  const own = await w.call({
    method: 'GET',
    path: '/api/v1/sessions/current',
    headers: w.byHeader(person),
  });
  const list = await w.call({
    method: 'GET',
    path: `/api/v1/sessions/${person.id}`,
    headers: w.byHeader(root),
  });
  const inList = (list.json.data as { id: string; data: unknown }[]).find(
    ({ id }) => id === person.sessionId,
  );
  return [own.json.data, inList?.data];
}
