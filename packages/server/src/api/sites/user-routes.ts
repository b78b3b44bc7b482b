import { Type } from '@sinclair/typebox';
import { PageSchema, pageOf, pageQuery } from '../../http/lists.ts';
import { given } from '../../kernel/given.ts';
import { mapPage } from '../../kernel/pages.ts';
import { listSiteUsers } from '../../sites/list-site-users.ts';
import { removeSiteUser } from '../../sites/remove-site-user.ts';
import { setSiteUser } from '../../sites/set-site-user.ts';
import { present, siteAdmin, siteManager } from '../access.ts';
import { SitePath, SiteUserPath } from '../path.ts';
import { type Route, route } from '../route.ts';
import { closed, Search } from '../schemas.ts';
import { SiteUserSchema, siteUserBody, siteUserJson } from './site-json.ts';

const UsersQuery = Type.Object(
  {
    ...pageQuery,
    search: Search('Part of a name or login.'),
  },
  closed,
);

export const siteUserRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/api/v1/sites/:site_id/users',
    operation: 'getSiteUsers',
    summary: 'List the users of a site',
    description: 'With their roles on it.',
    access: siteManager,
    params: SitePath,
    query: UsersQuery,
    answers: { 200: PageSchema(SiteUserSchema) },
    handle: async (ctx, { params, query }) => {
      const filter = given({ search: query.search });
      const users = await listSiteUsers(ctx, { siteId: params.site_id, filter, page: pageOf(query) });
      return mapPage(users, (user) => siteUserJson(user, !ctx.policy.hideAccounts));
    },
  }),
  route({
    method: 'PUT',
    url: '/api/v1/sites/:site_id/users/:user_id',
    operation: 'setSiteUser',
    summary: "Set an account's roles on the site",
    description: 'It has exactly these roles on the site then.',
    access: present(siteAdmin),
    params: SiteUserPath,
    body: siteUserBody.schema,
    answers: { 200: SiteUserSchema },
    errors: ['CONFLICT'],
    handle: async (ctx, { params, body, caller }) => {
      const user = await setSiteUser(ctx, {
        siteId: params.site_id,
        accountId: params.user_id,
        by: caller.accountId,
        roles: body.roles,
        check: (present) => siteUserBody.check(body, siteUserJson(present, !ctx.policy.hideAccounts)),
      });
      return siteUserJson(user, !ctx.policy.hideAccounts);
    },
  }),
  route({
    method: 'DELETE',
    url: '/api/v1/sites/:site_id/users/:user_id',
    operation: 'removeSiteUser',
    summary: 'Remove an account from the site',
    access: present(siteAdmin),
    params: SiteUserPath,
    answers: { 200: SiteUserSchema },
    errors: ['CONFLICT'],
    handle: async (ctx, { params, caller }) => {
      const user = await removeSiteUser(ctx, {
        siteId: params.site_id,
        accountId: params.user_id,
        by: caller.accountId,
      });
      return siteUserJson(user, !ctx.policy.hideAccounts);
    },
  }),
];
