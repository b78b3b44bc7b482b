import { type Static, Type } from '@sinclair/typebox';
import { idsOf, PageSchema, pageOf, pageQuery } from '../../http/lists.ts';
import { findRoles } from '../../identity/roles/find-roles.ts';
import { grantRoles } from '../../identity/roles/grant-roles.ts';
import { listRoles } from '../../identity/roles/list-roles.ts';
import { revokeRoles } from '../../identity/roles/revoke-roles.ts';
import { type AccountRoles, adminRole, siteOf } from '../../identity/roles/role.ts';
import { setRoles } from '../../identity/roles/set-roles.ts';
import { given, ifGiven } from '../../kernel/given.ts';
import { parseAccountId } from '../../kernel/ids.ts';
import { mapPage } from '../../kernel/pages.ts';
import { isoTime } from '../../kernel/time.ts';
import { admin, adminOrSiteAdmin, type Caller, ownerOrAdmin, present } from '../access.ts';
import { withRolesNamed } from '../lenient-bodies.ts';
import { UserPath } from '../path.ts';
import { createPutBody, readOnly } from '../put-body.ts';
import { type Route, route } from '../route.ts';
import { closed, Ids, Time } from '../schemas.ts';

const Role = Type.String({
  maxLength: 129,
  description: 'For example `admin`, or on a site `<site id>:manager`.',
});

const RolesSchema = Type.Object(
  {
    id: readOnly(Type.String({ description: "The account's id." })),
    roles: Type.Array(Type.String()),
    update_time: Type.Optional(readOnly(Time)),
  },
  { $id: 'Roles', title: 'Roles', description: 'The roles of an account.' },
);

const rolesBody = createPutBody(
  Type.Object({ roles: Type.Array(Role, { maxItems: 1000 }) }, closed),
  RolesSchema,
);
const Named = Type.Object({ roles: Type.Array(Role, { minItems: 1, maxItems: 100 }) }, closed);
const mayFail = ['NOT_IN_ROLE', 'NOT_IN_SITE_ROLE', 'NOT_FOUND', 'CONFLICT'] as const;

export const roleRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/api/v1/roles',
    operation: 'getRoles',
    summary: 'List the roles of all accounts',
    description: 'Those that have any, newest account first.',
    access: admin,
    query: Type.Object(
      {
        ...pageQuery,
        ids: Ids('Account ids, separated by commas.', 2048),
      },
      closed,
    ),
    answers: { 200: PageSchema(RolesSchema) },
    handle: async (ctx, { query }) => {
      const ids = idsOf('ids', query.ids, parseAccountId);
      const filter = given({ ids });
      return mapPage(await listRoles(ctx, { filter, page: pageOf(query) }), rolesJson);
    },
  }),
  route({
    method: 'GET',
    url: '/api/v1/roles/:user_id',
    operation: 'getUserRoles',
    summary: "Show an account's roles",
    access: ownerOrAdmin,
    params: UserPath,
    answers: { 200: RolesSchema },
    handle: async (ctx, { params }) => rolesJson(await findRoles(ctx, params.user_id)),
  }),
  route({
    method: 'PUT',
    url: '/api/v1/roles/:user_id',
    operation: 'setRoles',
    summary: "Replace an account's roles",
    description: 'An admin of a site replaces only the roles on that site.',
    access: present(adminOrSiteAdmin),
    params: UserPath,
    body: rolesBody.schema,
    answers: { 200: RolesSchema },
    errors: mayFail,
    handle: async (ctx, { params, body, caller }) => {
      const accountId = params.user_id;
      const input = {
        accountId,
        roles: body.roles,
        by: caller.accountId,
        check: (present: AccountRoles) => rolesBody.check(body, rolesJson(shownTo(caller, present))),
      };
      return rolesJson(shownTo(caller, await setRoles(ctx, input)));
    },
  }),
  route({
    method: 'POST',
    url: '/api/v1/roles/:user_id/grant',
    operation: 'grantRoles',
    summary: 'Grant roles to an account',
    description: 'The bare list is taken as well.',
    access: present(adminOrSiteAdmin),
    params: UserPath,
    body: Named,
    readBody: withRolesNamed,
    answers: { 200: RolesSchema },
    errors: mayFail,
    handle: async (ctx, { params, body, caller }) => {
      const accountId = params.user_id;
      const { roles } = body;
      return rolesJson(shownTo(caller, await grantRoles(ctx, { accountId, roles, by: caller.accountId })));
    },
  }),
  route({
    method: 'POST',
    url: '/api/v1/roles/:user_id/revoke',
    operation: 'revokeRoles',
    summary: 'Revoke roles from an account',
    description: 'The bare list is taken as well.',
    access: present(adminOrSiteAdmin),
    params: UserPath,
    body: Named,
    readBody: withRolesNamed,
    answers: { 200: RolesSchema },
    errors: mayFail,
    handle: async (ctx, { params, body, caller }) => {
      const accountId = params.user_id;
      const { roles } = body;
      return rolesJson(shownTo(caller, await revokeRoles(ctx, { accountId, roles, by: caller.accountId })));
    },
  }),
];

/** The roles that the caller may see: all of their own; of others, those on sites that they are an admin of. */
function shownTo({ accountId, admin: all, user }: Caller, roles: AccountRoles): AccountRoles {
  if (all || roles.accountId === accountId) return roles;
  const kept = roles.roles.filter((role) => {
    const site = siteOf(role);
    return site !== undefined && user.roles.includes(`${site}:${adminRole}`);
  });
  return { accountId: roles.accountId, roles: kept };
}

function rolesJson({ accountId, roles, updateTime }: AccountRoles): Static<typeof RolesSchema> {
  return given({ id: accountId, roles: [...roles], update_time: ifGiven(updateTime, isoTime) });
}
