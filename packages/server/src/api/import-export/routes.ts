import { type TSchema, Type } from '@sinclair/typebox';
import { isoTime } from '../../kernel/time.ts';
import { ownerOrAdmin, pathAccount } from '../access.ts';
import { type Route, route } from '../route.ts';
import { heldSections } from './held-sections.ts';

const sections = Object.entries(heldSections);

const AccountExportSchema = Type.Object(
  {
    export_time: Type.String({ description: 'ISO 8601, UTC' }),
    ...Object.fromEntries(sections.map(([name, { schema }]): [string, TSchema] => [name, schema])),
  },
  { $id: 'AccountExport', title: 'AccountExport' },
);

export const importExportRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/api/v1/accounts/:user_id/export',
    operation: 'exportAccount',
    summary: 'All that is held about an account, but nothing that opens anything',
    access: ownerOrAdmin,
    params: Type.Object({ user_id: Type.String() }, { additionalProperties: false }),
    answers: { 200: AccountExportSchema },
    handle: async (ctx, { request }) => {
      const accountId = pathAccount(request);
      const answer: Record<string, unknown> = { export_time: isoTime(ctx.clock.now()) };
      for (const [name, { read }] of sections) answer[name] = await read(ctx, accountId);
      return answer;
    },
  }),
];
