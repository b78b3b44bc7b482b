import { type TSchema, Type } from '@sinclair/typebox';
import { isoTime } from '../../kernel/time.ts';
import { ownerOrAdmin } from '../access.ts';
import { UserPath } from '../path.ts';
import { type Route, route } from '../route.ts';
import { Time } from '../schemas.ts';
import { heldSections } from './held-sections.ts';

const sections = Object.entries(heldSections);

const AccountExportSchema = Type.Object(
  {
    export_time: Time,
    ...Object.fromEntries(sections.map(([name, { schema }]): [string, TSchema] => [name, schema])),
  },
  {
    $id: 'AccountExport',
    title: 'AccountExport',
    description: 'Everything that is stored about an account.',
  },
);

export const importExportRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/api/v1/accounts/:user_id/export',
    operation: 'exportAccount',
    summary: 'Export all that is stored about an account',
    description: 'Without hashes, codes and credentials.',
    access: ownerOrAdmin,
    params: UserPath,
    answers: { 200: AccountExportSchema },
    long: true,
    handle: async (ctx, { params }) => {
      const accountId = params.user_id;
      const answer: Record<string, unknown> = { export_time: isoTime(ctx.clock.now()) };
      for (const [name, { read }] of sections) answer[name] = await read(ctx, accountId);
      return answer;
    },
  }),
];
