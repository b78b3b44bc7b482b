import { type Static, Type } from '@sinclair/typebox';
import { idsOf, PageSchema, pageOf, pageQuery } from '../../http/lists.ts';
import { findRoles } from '../../identity/roles/find-roles.ts';
import { grantRoles } from '../../identity/roles/grant-roles.ts';
import { listRoles } from '../../identity/roles/list-roles.ts';
import { revokeRoles } from '../../identity/roles/revoke-roles.ts';
import { type AccountRoles, adminRole, siteOf } from '../../identity/roles/role.ts';
import { setRoles } from '../../identity/roles/set-roles.ts';
import { parseAccountId } from '../../kernel/ids.ts';
import { mapPage } from '../../kernel/pages.ts';
import { isoTime } from '../../kernel/time.ts';
import { admin, adminOrSiteAdmin, type Caller, ownerOrAdmin, pathAccount } from '../access.ts';
import { type Route, route } from '../route.ts';

const closed = { additionalProperties: false };
const UserPath = Type.Object({ user_id: Type.String() }, closed);
const Role = Type.String({
  maxLength: 129,
  description: 'Such as `admin`, or on a site `<site id>:manager`.',
});

const RolesSchema = Type.Object(
  {
    id: Type.String({ description: "The account's id." }),
    roles: Type.Array(Type.String()),
    update_time: Type.Optional(Type.String({ description: 'ISO 8601, UTC' })),
  },
  { $id: 'Roles', title: 'Roles' },
);

const Named = Type.Object({ roles: Type.Array(Role, { minItems: 1, maxItems: 100 }) }, closed);
const mayFail = ['NOT_IN_ROLE', 'NOT_IN_SITE_ROLE', 'NOT_FOUND', 'CONFLICT'] as const;

export const roleRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/api/v1/roles',
    operation: 'getRoles',
    summary: 'The roles of all accounts that have some, the newest account first',
    access: admin,
    query: Type.Object(
      {
        ...pageQuery,
        ids: Type.Optional(
          Type.String({ maxLength: 2048, description: 'Account ids, separated by commas.' }),
        ),
      },
      closed,
    ),
    answers: { 200: PageSchema(RolesSchema) },
    handle: async (ctx, { query }) => {
      const filter = query.ids === undefined ? {} : { ids: idsOf('ids', query.ids, parseAccountId) };
      return mapPage(await listRoles(ctx, { filter, page: pageOf(query) }), rolesJson);
    },
  }),
  route({
    method: 'GET',
    url: '/api/v1/roles/:user_id',
    operation: 'getUserRoles',
    summary: "An account's roles",
    access: ownerOrAdmin,
    params: UserPath,
    answers: { 200: RolesSchema },
    handle: async (ctx, { request }) => rolesJson(await findRoles(ctx, pathAccount(request))),
  }),
  route({
    method: 'PUT',
    url: '/api/v1/roles/:user_id',
    operation: 'setRoles',
    summary:
      'Give an account these roles and no others; for the admin of a site, those of the site and no others of it',
    access: adminOrSiteAdmin,
    params: UserPath,
    body: Type.Object({ roles: Type.Array(Role, { maxItems: 1000 }) }, closed),
    answers: { 200: RolesSchema },
    errors: mayFail,
    handle: async (ctx, { body, caller, request }) => {
      const accountId = pathAccount(request);
      const { roles } = body;
      return rolesJson(shownTo(caller!, await setRoles(ctx, { accountId, roles, by: caller!.accountId })));
    },
  }),
  route({
    method: 'POST',
    url: '/api/v1/roles/:user_id/grant',
    operation: 'grantRoles',
    summary: 'Give an account roles',
    access: adminOrSiteAdmin,
    params: UserPath,
    body: Named,
    answers: { 200: RolesSchema },
    errors: mayFail,
    handle: async (ctx, { body, caller, request }) => {
      const accountId = pathAccount(request);
      const { roles } = body;
      return rolesJson(shownTo(caller!, await grantRoles(ctx, { accountId, roles, by: caller!.accountId })));
    },
  }),
  route({
    method: 'POST',
    url: '/api/v1/roles/:user_id/revoke',
    operation: 'revokeRoles',
    summary: 'Take roles from an account',
    access: adminOrSiteAdmin,
    params: UserPath,
    body: Named,
    answers: { 200: RolesSchema },
    errors: mayFail,
    handle: async (ctx, { body, caller, request }) => {
      const accountId = pathAccount(request);
      const { roles } = body;
      return rolesJson(shownTo(caller!, await revokeRoles(ctx, { accountId, roles, by: caller!.accountId })));
    },
  }),
];

/** Whoever keeps the roles of a site sees of others those of the site. */
function shownTo({ accountId, admin: all, user }: Caller, roles: AccountRoles): AccountRoles {
  if (all || roles.accountId === accountId) return roles;
  const kept = roles.roles.filter((role) => {
    const site = siteOf(role);
    return site !== undefined && user.roles.includes(`${site}:${adminRole}`);
  });
  return { accountId: roles.accountId, roles: kept };
}

function rolesJson({ accountId, roles, updateTime }: AccountRoles): Static<typeof RolesSchema> {
  return {
    id: accountId,
    roles: [...roles],
    ...(updateTime !== undefined && { update_time: isoTime(updateTime) }),
  };
}
