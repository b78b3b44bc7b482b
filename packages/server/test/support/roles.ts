import assert from 'node:assert/strict';
import type { ErrorCode } from '../../src/kernel/errors.ts';
import { rolePeople as people, rolesOf } from './people.ts';
import { scenario } from './scenario.ts';
import { newSite, personWith } from './sites.ts';
import type { Person, World } from './world.ts';

export const grantRoles = (id: string, roles: unknown) => ({
  method: 'POST',
  path: `/api/v1/roles/${id}/grant`,
  json: { roles },
});

export type RolePeople = Awaited<ReturnType<typeof people>>;

/** Anna's tokens are made anew. */
export const annaChanged = ({ anna }: Pick<RolePeople, 'anna'>) => [
  { user: anna.id, reason: 'roles-changed' },
];

/** That Anna's roles are what they were. */
export const annaUnchanged = async ({ anna }: RolePeople, _answer: unknown, w: World) =>
  assert.deepEqual(await rolesOf(w, anna), ['77:user', '8:user', 'reader']);

/** One row for each caller who is refused, and the code. */
export const notAllowed = (
  what: string,
  request: (anna: Person) => ReturnType<typeof grantRoles>,
  rows: readonly (readonly [keyof RolePeople | 'nobody', ErrorCode])[],
) =>
  rows.map(([who, code]) =>
    scenario({
      name: `${what} is not for ${who}`,
      given: people,
      request: (given, w) => ({
        ...request(given.anna),
        ...(who !== 'nobody' && { headers: w.byHeader(given[who]) }),
      }),
      code,
      afterwards: annaUnchanged,
    }),
  );

/** A site with one admin and a member. */
export async function siteWithMember(w: World) {
  const ada = await w.person();
  const site = await newSite(w, ada);
  return { ada, site, member: await personWith(w, `${site}:user`), root: await w.admin() };
}
