import { Type } from '@sinclair/typebox';
import { idsOf, PageSchema, pageOf, pageQuery } from '../../http/lists.ts';
import { changeSection } from '../../identity/settings/change-section.ts';
import { findSection } from '../../identity/settings/find-section.ts';
import { listSections } from '../../identity/settings/list-sections.ts';
import { replaceSection } from '../../identity/settings/replace-section.ts';
import { isSectionId } from '../../identity/settings/settings.ts';
import { mapPage } from '../../kernel/pages.ts';
import { admin, pathSection, sectionOwnerOrAdmin } from '../access.ts';
import { type Route, route } from '../route.ts';
import {
  changesOf,
  ParameterChangesSchema,
  ParametersSchema,
  parametersOf,
  SectionSchema,
  sectionJson,
} from './section-json.ts';

const closed = { additionalProperties: false };
const SectionPath = Type.Object(
  { user_id: Type.String({ description: "An account's id; for admins any section's." }) },
  closed,
);

export const settingsRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/api/v1/settings',
    operation: 'getAllSettings',
    summary: 'All sections that were set, the latest change first',
    access: admin,
    query: Type.Object(
      {
        ...pageQuery,
        search: Type.Optional(Type.String({ minLength: 1, maxLength: 128, description: 'Part of an id.' })),
        ids: Type.Optional(
          Type.String({ maxLength: 8192, description: 'Section ids, separated by commas.' }),
        ),
      },
      closed,
    ),
    answers: { 200: PageSchema(SectionSchema) },
    handle: async (ctx, { query }) => {
      const { search, ids } = query;
      const parse = (id: string) => (isSectionId(id) ? id : undefined);
      const filter = {
        ...(search !== undefined && { search }),
        ...(ids !== undefined && { ids: idsOf('ids', ids, parse) }),
      };
      return mapPage(await listSections(ctx, { filter, page: pageOf(query) }), sectionJson);
    },
  }),
  route({
    method: 'GET',
    url: '/api/v1/settings/:user_id',
    operation: 'getSettings',
    summary: 'A section; an empty one without a time when it was never set',
    access: sectionOwnerOrAdmin,
    params: SectionPath,
    answers: { 200: SectionSchema },
    handle: async (ctx, { request }) => sectionJson(await findSection(ctx, pathSection(request))),
  }),
  route({
    method: 'PUT',
    url: '/api/v1/settings/:user_id',
    operation: 'setSettings',
    summary: 'Put parameters in the place of all that the section had',
    access: sectionOwnerOrAdmin,
    params: SectionPath,
    body: ParametersSchema,
    answers: { 200: SectionSchema },
    handle: async (ctx, { body, request }) => {
      const parameters = parametersOf(body);
      return sectionJson(await replaceSection(ctx, { id: pathSection(request), parameters }));
    },
  }),
  route({
    method: 'PATCH',
    url: '/api/v1/settings/:user_id',
    operation: 'modifySettings',
    summary: 'Set, remove and increase single parameters',
    access: sectionOwnerOrAdmin,
    params: SectionPath,
    body: ParameterChangesSchema,
    answers: { 200: SectionSchema },
    errors: ['CONFLICT'],
    handle: async (ctx, { body, request }) => {
      const changes = changesOf(body);
      return sectionJson(await changeSection(ctx, { id: pathSection(request), changes }));
    },
  }),
];
