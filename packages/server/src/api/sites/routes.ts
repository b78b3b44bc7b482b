import { Type } from '@sinclair/typebox';
import { idsOf, PageSchema, pageOf, pageQuery } from '../../http/lists.ts';
import { given } from '../../kernel/given.ts';
import { parseSiteId } from '../../kernel/ids.ts';
import { mapPage } from '../../kernel/pages.ts';
import { createSite } from '../../sites/create-site.ts';
import { deleteSite } from '../../sites/delete-site.ts';
import { findSite } from '../../sites/find-site.ts';
import { findSiteByCode } from '../../sites/find-site-by-code.ts';
import { generateSiteCode } from '../../sites/generate-site-code.ts';
import { leaveSite } from '../../sites/leave-site.ts';
import { listOwnSites } from '../../sites/list-own-sites.ts';
import { listSites } from '../../sites/list-sites.ts';
import type { Site } from '../../sites/site.ts';
import { updateSite } from '../../sites/update-site.ts';
import { validateSiteCode } from '../../sites/validate-site-code.ts';
import { admin, present, signed, siteAdmin, siteUser } from '../access.ts';
import { SitePath } from '../path.ts';
import { type Route, route } from '../route.ts';
import { closed, Ids, Search } from '../schemas.ts';
import {
  FoundSiteSchema,
  foundSiteJson,
  NewSiteSchema,
  SiteCode,
  SiteSchema,
  siteBody,
  siteFieldsOf,
  siteJson,
} from './site-json.ts';

const ListQuery = Type.Object(
  {
    ...pageQuery,
    active: Type.Optional(Type.Boolean()),
    search: Search('Part of a name or code.'),
  },
  closed,
);
const AllQuery = Type.Object(
  { ...ListQuery.properties, ids: Ids('Site ids, separated by commas. Deleted sites are listed too.') },
  closed,
);

export const siteRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/api/v1/sites',
    operation: 'getSites',
    summary: "List the caller's sites",
    description: 'Newest first.',
    access: signed,
    query: ListQuery,
    answers: { 200: PageSchema(SiteSchema) },
    handle: async (ctx, { query, caller }) => {
      const { active, search } = query;
      const input = { roles: caller.user.roles, filter: given({ active, search }), page: pageOf(query) };
      return mapPage(await listOwnSites(ctx, input), siteJson);
    },
  }),
  route({
    method: 'GET',
    url: '/api/v1/sites/all',
    operation: 'getAllSites',
    summary: 'List all sites',
    description: 'Newest first.',
    access: admin,
    query: AllQuery,
    answers: { 200: PageSchema(SiteSchema) },
    handle: async (ctx, { query }) => {
      const { active, search } = query;
      const ids = idsOf('ids', query.ids, parseSiteId);
      const filter = given({ active, search, ids });
      return mapPage(await listSites(ctx, { filter, page: pageOf(query) }), siteJson);
    },
  }),
  route({
    method: 'GET',
    url: '/api/v1/sites/find_by_code',
    operation: 'findSiteByCode',
    summary: 'Find a site by its code',
    description: 'Shows only its id, code and name.',
    access: signed,
    query: Type.Object({ code: SiteCode }, closed),
    answers: { 200: FoundSiteSchema },
    told: { 200: 'The site.' },
    errors: ['NOT_FOUND'],
    handle: async (ctx, { query }) => foundSiteJson(await findSiteByCode(ctx, query.code)),
  }),
  route({
    method: 'POST',
    url: '/api/v1/sites/validate_code',
    operation: 'validateSiteCode',
    summary: "Check whether a site's code is free",
    access: signed,
    body: Type.Object({ code: SiteCode }, closed),
    answers: { 204: undefined },
    told: { 204: 'The code is free.' },
    errors: ['CONFLICT'],
    handle: (ctx, { body }) => validateSiteCode(ctx, body.code),
  }),
  route({
    method: 'GET',
    url: '/api/v1/sites/:site_id',
    operation: 'getSite',
    summary: 'Show a site',
    access: siteUser,
    params: SitePath,
    answers: { 200: SiteSchema },
    handle: async (ctx, { params }) => siteJson(await findSite(ctx, params.site_id)),
  }),
  route({
    method: 'POST',
    url: '/api/v1/sites',
    operation: 'createSite',
    summary: 'Create a site',
    description: 'The caller becomes its admin.',
    access: signed,
    body: NewSiteSchema,
    answers: { 200: SiteSchema },
    errors: ['CONFLICT', 'NOT_FOUND'],
    handle: async (ctx, { body, caller }) => {
      const fields = { ...siteFieldsOf(body), name: body.name };
      return siteJson(await createSite(ctx, { creatorId: caller.accountId, fields }));
    },
  }),
  route({
    method: 'PUT',
    url: '/api/v1/sites/:site_id',
    operation: 'updateSite',
    summary: 'Change a site',
    description: 'Fields that are left out stay.',
    access: siteAdmin,
    params: SitePath,
    body: siteBody.schema,
    answers: { 200: SiteSchema },
    errors: ['CONFLICT', 'NOT_IN_ROLE'],
    handle: async (ctx, { params, body, caller }) => {
      const { active, ...fields } = siteBody.changesOf(body);
      const input = {
        siteId: params.site_id,
        changes: siteFieldsOf(fields),
        admin: caller.admin,
        active,
        check: (present: Site) => siteBody.check(body, siteJson(present)),
      };
      return siteJson(await updateSite(ctx, given(input)));
    },
  }),
  route({
    method: 'DELETE',
    url: '/api/v1/sites/:site_id',
    operation: 'deleteSite',
    summary: 'Delete a site',
    description: 'All roles on it are removed.',
    access: present(admin),
    params: SitePath,
    answers: { 200: SiteSchema },
    errors: ['NOT_FOUND'],
    handle: async (ctx, { params }) => siteJson(await deleteSite(ctx, params.site_id)),
  }),
  route({
    method: 'POST',
    url: '/api/v1/sites/:site_id/generate_code',
    operation: 'generateSiteCode',
    summary: 'Give the site a new random code',
    description: 'The old code stops working.',
    access: siteAdmin,
    params: SitePath,
    answers: { 200: SiteSchema },
    handle: async (ctx, { params }) => siteJson(await generateSiteCode(ctx, params.site_id)),
  }),
  route({
    method: 'POST',
    url: '/api/v1/sites/:site_id/remove',
    operation: 'removeSite',
    summary: 'Leave a site',
    description: 'The caller loses all roles on it.',
    access: siteUser,
    params: SitePath,
    answers: { 204: undefined },
    told: { 204: 'The caller is not on the site any more.' },
    errors: ['CONFLICT'],
    handle: (ctx, { params, caller }) =>
      leaveSite(ctx, { siteId: params.site_id, accountId: caller.accountId }),
  }),
];
