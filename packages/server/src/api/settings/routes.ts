import { Type } from '@sinclair/typebox';
import { idsOf, PageSchema, pageOf, pageQuery } from '../../http/lists.ts';
import { changeSection } from '../../identity/settings/change-section.ts';
import { findSection } from '../../identity/settings/find-section.ts';
import { listSections } from '../../identity/settings/list-sections.ts';
import { replaceSection } from '../../identity/settings/replace-section.ts';
import { isSectionId, type Section } from '../../identity/settings/settings.ts';
import { given } from '../../kernel/given.ts';
import { mapPage } from '../../kernel/pages.ts';
import { admin, ownerOrAdmin } from '../access.ts';
import { SectionPath } from '../path.ts';
import { type Route, route } from '../route.ts';
import { closed, Ids, Search } from '../schemas.ts';
import {
  changesOf,
  checkSection,
  ParameterChangesSchema,
  ParametersSchema,
  parametersOf,
  SectionSchema,
  sectionJson,
} from './section-json.ts';

export const settingsRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/api/v1/settings',
    operation: 'getAllSettings',
    summary: 'List all sections of settings',
    description: 'Those that were ever set, latest change first.',
    access: admin,
    query: Type.Object(
      {
        ...pageQuery,
        search: Search('Part of an id.'),
        ids: Ids('Section ids, separated by commas.'),
      },
      closed,
    ),
    answers: { 200: PageSchema(SectionSchema) },
    handle: async (ctx, { query }) => {
      const parse = (id: string) => (isSectionId(id) ? id : undefined);
      const ids = idsOf('ids', query.ids, parse);
      const filter = given({ search: query.search, ids });
      return mapPage(await listSections(ctx, { filter, page: pageOf(query) }), sectionJson);
    },
  }),
  route({
    method: 'GET',
    url: '/api/v1/settings/:user_id',
    operation: 'getSettings',
    summary: 'Show a section of settings',
    description: 'One that was never set is empty and has no time.',
    access: ownerOrAdmin,
    params: SectionPath,
    answers: { 200: SectionSchema },
    handle: async (ctx, { params }) => sectionJson(await findSection(ctx, params.user_id)),
  }),
  route({
    method: 'PUT',
    url: '/api/v1/settings/:user_id',
    operation: 'setSettings',
    summary: "Replace a section's parameters",
    description: 'All of them.',
    access: ownerOrAdmin,
    params: SectionPath,
    body: ParametersSchema,
    answers: { 200: SectionSchema },
    handle: async (ctx, { params, body }) => {
      const parameters = parametersOf(body);
      const check = (present: Section) => checkSection(body, present);
      return sectionJson(await replaceSection(ctx, { id: params.user_id, parameters, check }));
    },
  }),
  route({
    method: 'PATCH',
    url: '/api/v1/settings/:user_id',
    operation: 'modifySettings',
    summary: 'Change single parameters of a section',
    description: 'Sets, removes or increments them.',
    access: ownerOrAdmin,
    params: SectionPath,
    body: ParameterChangesSchema,
    answers: { 200: SectionSchema },
    errors: ['CONFLICT'],
    handle: async (ctx, { params, body }) => {
      const changes = changesOf(body);
      const check = (present: Section) => checkSection(body, present);
      return sectionJson(await changeSection(ctx, { id: params.user_id, changes, check }));
    },
  }),
];
