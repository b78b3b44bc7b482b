import assert from 'node:assert/strict';
import { appendRolesChanged } from '../../src/identity/roles/append-roles-changed.ts';
import type { SiteId } from '../../src/kernel/ids.ts';
import { newSite } from '../../src/sites/site.ts';
import type { Person, World } from './world.ts';

export const readAccount = (id: string) => ({ method: 'GET', path: `/api/v1/accounts/${id}` });
export const putAccount = (id: string, json: unknown) => ({
  method: 'PUT',
  path: `/api/v1/accounts/${id}`,
  json,
});
export const putRoles = (id: string, roles: unknown) => ({
  method: 'PUT',
  path: `/api/v1/roles/${id}`,
  json: { roles },
});
export const revokeRoles = (id: string, roles: unknown) => ({
  method: 'POST',
  path: `/api/v1/roles/${id}/revoke`,
  json: { roles },
});

export const profileChanged = ({ id }: Person) => [{ user: id, reason: 'profile-changed' }];

/** Anna, somebody else, an admin, and one who is an admin of a site alone. */
export async function accountPeople(w: World) {
  const anna = await w.person();
  const ben = await w.person();
  const keeper = await w.person();
  await haveRoles(w, keeper, '77:admin');
  return { anna, ben, keeper, root: await w.admin() };
}

/** Anna is on two sites; the others are who they are called. */
export async function rolePeople(w: World) {
  const withRoles = async (...roles: string[]) => {
    const person = await w.person();
    await haveRoles(w, person, ...roles);
    return person;
  };
  const root = await w.admin();
  for (const id of ['7', '8', '9', '77', '777']) await haveSite(w, root, id);
  return {
    root,
    anna: await withRoles('reader', '8:user', '77:user'),
    user: await w.person(),
    siteUser: await withRoles('77:user'),
    manager: await withRoles('77:manager'),
    keeper: await withRoles('77:admin'),
    otherKeeper: await withRoles('7:admin', '777:admin', '8:admin'),
  };
}

/** Gives roles that need not be on any site. */
export async function haveRoles(w: World, { id }: Person, ...roles: string[]): Promise<void> {
  const { context } = w.app;
  await context.transaction(async (tx) => {
    await tx.roles.grant(id, roles, context.clock.now());
    await appendRolesChanged(context, tx, id);
  });
}

/** Makes a site with this id, unless there is one. */
export async function haveSite(w: World, { id: creatorId }: Person, id: string): Promise<void> {
  const { context } = w.app;
  const site = newSite(
    { id: id as SiteId, createTime: context.clock.now(), creatorId },
    { name: `Site ${id}` },
  );
  await context.transaction((tx) => tx.sites.insert(site));
}

/** The roles as they are stored. */
export async function rolesOf(w: World, { id }: Person): Promise<readonly string[]> {
  return (await w.app.context.read.roles.find(id)).roles;
}

/** The user that a session shows. */
export async function userOf(w: World, person: Person): Promise<Record<string, unknown>> {
  const answer = await w.call({
    method: 'GET',
    path: '/api/v1/sessions/current',
    headers: w.byHeader(person),
  });
  assert.equal(answer.status, 200, answer.text);
  return answer.json.user as Record<string, unknown>;
}
