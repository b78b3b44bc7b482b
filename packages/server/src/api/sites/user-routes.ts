import { Type } from '@sinclair/typebox';
import { PageSchema, pageOf, pageQuery } from '../../http/lists.ts';
import { mapPage } from '../../kernel/pages.ts';
import { listSiteUsers } from '../../sites/list-site-users.ts';
import { removeSiteUser } from '../../sites/remove-site-user.ts';
import { setSiteUser } from '../../sites/set-site-user.ts';
import { pathAccount, pathSite, siteAdmin, siteManager } from '../access.ts';
import { type Route, route } from '../route.ts';
import { SiteUserSchema, siteUserJson } from './site-json.ts';

const closed = { additionalProperties: false };
const SitePath = Type.Object({ site_id: Type.String() }, closed);
const UserPath = Type.Object({ site_id: Type.String(), user_id: Type.String() }, closed);

const UsersQuery = Type.Object(
  {
    ...pageQuery,
    search: Type.Optional(
      Type.String({ minLength: 1, maxLength: 128, description: 'Part of a name or login.' }),
    ),
  },
  closed,
);

export const siteUserRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/api/v1/sites/:site_id/users',
    operation: 'getSiteUsers',
    summary: 'Who is on the site, and with which roles',
    access: siteManager,
    params: SitePath,
    query: UsersQuery,
    answers: { 200: PageSchema(SiteUserSchema) },
    handle: async (ctx, { query, request }) => {
      const filter = query.search === undefined ? {} : { search: query.search };
      const users = await listSiteUsers(ctx, { siteId: pathSite(request), filter, page: pageOf(query) });
      return mapPage(users, (user) => siteUserJson(user, !ctx.policy.hideAccounts));
    },
  }),
  route({
    method: 'PUT',
    url: '/api/v1/sites/:site_id/users/:user_id',
    operation: 'setSiteUser',
    summary: 'Put an account on the site with exactly these roles',
    access: siteAdmin,
    params: UserPath,
    body: Type.Object(
      {
        roles: Type.Array(Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }), {
          maxItems: 10,
          description: "Names without the site's id: user, manager, admin, or any other.",
        }),
      },
      closed,
    ),
    answers: { 200: SiteUserSchema },
    errors: ['CONFLICT'],
    handle: async (ctx, { body, caller, request }) => {
      const user = await setSiteUser(ctx, {
        siteId: pathSite(request),
        accountId: pathAccount(request),
        by: caller!.accountId,
        roles: body.roles,
      });
      return siteUserJson(user, !ctx.policy.hideAccounts);
    },
  }),
  route({
    method: 'DELETE',
    url: '/api/v1/sites/:site_id/users/:user_id',
    operation: 'removeSiteUser',
    summary: 'Take an account off the site',
    access: siteAdmin,
    params: UserPath,
    answers: { 200: SiteUserSchema },
    errors: ['CONFLICT'],
    handle: async (ctx, { caller, request }) => {
      const user = await removeSiteUser(ctx, {
        siteId: pathSite(request),
        accountId: pathAccount(request),
        by: caller!.accountId,
      });
      return siteUserJson(user, !ctx.policy.hideAccounts);
    },
  }),
];
