import { Type } from '@sinclair/typebox';
import { idsOf, PageSchema, pageOf, pageQuery } from '../../http/lists.ts';
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
import type { SiteFilter } from '../../sites/site.ts';
import { updateSite } from '../../sites/update-site.ts';
import { validateSiteCode } from '../../sites/validate-site-code.ts';
import { admin, pathSite, signed, siteAdmin, siteUser } from '../access.ts';
import { type Route, route } from '../route.ts';
import {
  FoundSiteSchema,
  foundSiteJson,
  NewSiteSchema,
  SiteChangesSchema,
  SiteCode,
  SiteSchema,
  siteFieldsOf,
  siteJson,
} from './site-json.ts';

const closed = { additionalProperties: false };
const SitePath = Type.Object({ site_id: Type.String() }, closed);

const ListQuery = Type.Object(
  {
    ...pageQuery,
    active: Type.Optional(Type.Boolean()),
    search: Type.Optional(
      Type.String({ minLength: 1, maxLength: 128, description: 'Part of a name or code.' }),
    ),
  },
  closed,
);
const Ids = Type.String({ maxLength: 8192, description: 'Site ids, separated by commas; deleted ones too.' });
const AllQuery = Type.Object({ ...ListQuery.properties, ids: Type.Optional(Ids) }, closed);

export const siteRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/api/v1/sites',
    operation: 'getSites',
    summary: "The caller's sites, newest first",
    access: signed,
    query: ListQuery,
    answers: { 200: PageSchema(SiteSchema) },
    handle: async (ctx, { query, caller }) => {
      const { roles } = caller!.user;
      return mapPage(
        await listOwnSites(ctx, { roles, filter: filterOf(query), page: pageOf(query) }),
        siteJson,
      );
    },
  }),
  route({
    method: 'GET',
    url: '/api/v1/sites/all',
    operation: 'getAllSites',
    summary: 'All sites, newest first',
    access: admin,
    query: AllQuery,
    answers: { 200: PageSchema(SiteSchema) },
    handle: async (ctx, { query }) => {
      const { ids, ...rest } = query;
      const filter = {
        ...filterOf(rest),
        ...(ids !== undefined && { ids: idsOf('ids', ids, parseSiteId) }),
      };
      return mapPage(await listSites(ctx, { filter, page: pageOf(query) }), siteJson);
    },
  }),
  route({
    method: 'GET',
    url: '/api/v1/sites/find_by_code',
    operation: 'findSiteByCode',
    summary: 'What a site shows to whoever knows its code',
    access: signed,
    query: Type.Object({ code: SiteCode }, closed),
    answers: { 200: FoundSiteSchema },
    errors: ['NOT_FOUND'],
    handle: async (ctx, { query }) => foundSiteJson(await findSiteByCode(ctx, query.code)),
  }),
  route({
    method: 'POST',
    url: '/api/v1/sites/validate_code',
    operation: 'validateSiteCode',
    summary: 'Whether a code is free',
    access: signed,
    body: Type.Object({ code: SiteCode }, closed),
    answers: { 204: undefined },
    errors: ['CONFLICT'],
    handle: (ctx, { body }) => validateSiteCode(ctx, body.code),
  }),
  route({
    method: 'GET',
    url: '/api/v1/sites/:site_id',
    operation: 'getSite',
    summary: 'A site',
    access: siteUser,
    params: SitePath,
    answers: { 200: SiteSchema },
    handle: async (ctx, { request }) => siteJson(await findSite(ctx, pathSite(request))),
  }),
  route({
    method: 'POST',
    url: '/api/v1/sites',
    operation: 'createSite',
    summary: 'Make a site; the caller becomes its admin',
    access: signed,
    body: NewSiteSchema,
    answers: { 200: SiteSchema },
    errors: ['CONFLICT', 'NOT_FOUND'],
    handle: async (ctx, { body, caller }) => {
      const fields = { ...siteFieldsOf(body), name: body.name };
      return siteJson(await createSite(ctx, { creatorId: caller!.accountId, fields }));
    },
  }),
  route({
    method: 'PUT',
    url: '/api/v1/sites/:site_id',
    operation: 'updateSite',
    summary: 'Change the fields that are given',
    access: siteAdmin,
    params: SitePath,
    body: SiteChangesSchema,
    answers: { 200: SiteSchema },
    errors: ['CONFLICT', 'NOT_IN_ROLE'],
    handle: async (ctx, { body, caller, request }) => {
      const { active, ...fields } = body;
      const site = await updateSite(ctx, {
        siteId: pathSite(request),
        changes: siteFieldsOf(fields),
        admin: caller!.admin,
        ...(active !== undefined && { active }),
      });
      return siteJson(site);
    },
  }),
  route({
    method: 'DELETE',
    url: '/api/v1/sites/:site_id',
    operation: 'deleteSite',
    summary: 'Delete a site: nobody has a role on it any more',
    access: admin,
    params: SitePath,
    answers: { 200: SiteSchema },
    errors: ['NOT_FOUND'],
    handle: async (ctx, { request }) => siteJson(await deleteSite(ctx, pathSite(request))),
  }),
  route({
    method: 'POST',
    url: '/api/v1/sites/:site_id/generate_code',
    operation: 'generateSiteCode',
    summary: 'Give the site a new random code; the old one finds it no longer',
    access: siteAdmin,
    params: SitePath,
    answers: { 200: SiteSchema },
    handle: async (ctx, { request }) => siteJson(await generateSiteCode(ctx, pathSite(request))),
  }),
  route({
    method: 'POST',
    url: '/api/v1/sites/:site_id/remove',
    operation: 'removeSite',
    summary: 'Leave a site: the caller loses all roles on it',
    access: siteUser,
    params: SitePath,
    answers: { 204: undefined },
    errors: ['CONFLICT'],
    handle: (ctx, { caller, request }) =>
      leaveSite(ctx, { siteId: pathSite(request), accountId: caller!.accountId }),
  }),
];

function filterOf({ active, search }: { active?: boolean; search?: string }): Omit<SiteFilter, 'ids'> {
  return { ...(active !== undefined && { active }), ...(search !== undefined && { search }) };
}
