import { Type } from '@sinclair/typebox';
import { deleteAccount } from '../../authentication/delete-account.ts';
import { provideAccount } from '../../authentication/provide-account.ts';
import { idsOf, PageSchema, pageOf, pageQuery } from '../../http/lists.ts';
import type { Account } from '../../identity/accounts/account.ts';
import { findAccount } from '../../identity/accounts/find-account.ts';
import { listAccounts } from '../../identity/accounts/list-accounts.ts';
import { type AccountChanges, updateAccount } from '../../identity/accounts/update-account.ts';
import { given } from '../../kernel/given.ts';
import { parseAccountId } from '../../kernel/ids.ts';
import { mapPage } from '../../kernel/pages.ts';
import { admin, ownerOrAdmin, present, signed } from '../access.ts';
import { UserPath } from '../path.ts';
import { type Route, route } from '../route.ts';
import { closed, Ids, Search } from '../schemas.ts';
import {
  type AccountBody,
  AccountSchema,
  accountBody,
  accountJson,
  ProvidedAccountSchema,
} from './account-json.ts';

const ListQuery = Type.Object(
  {
    ...pageQuery,
    active: Type.Optional(Type.Boolean()),
    search: Search('Part of a login or name.'),
    ids: Ids('Account ids, separated by commas. Deleted accounts are listed too.', 2048),
  },
  closed,
);

export const accountRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/api/v1/accounts',
    operation: 'getAccounts',
    summary: 'List all accounts',
    description: 'Newest first.',
    access: admin,
    query: ListQuery,
    answers: { 200: PageSchema(AccountSchema) },
    handle: async (ctx, { query }) => {
      const { active, search } = query;
      const ids = idsOf('ids', query.ids, parseAccountId);
      const filter = given({ active, search, ids });
      return mapPage(await listAccounts(ctx, { filter, page: pageOf(query) }), accountJson);
    },
  }),
  route({
    method: 'POST',
    url: '/api/v1/accounts',
    operation: 'createAccount',
    summary: 'Create an account for somebody else',
    description: 'They are mailed a code to set the password with.',
    access: present(admin),
    body: ProvidedAccountSchema,
    answers: { 200: AccountSchema },
    errors: ['LOGIN_ALREADY_USED'],
    handle: async (ctx, { body }) => {
      const { time_zone: timeZone, ...rest } = body;
      return accountJson(await provideAccount(ctx, given({ ...rest, timeZone })));
    },
  }),
  route({
    method: 'GET',
    url: '/api/v1/accounts/current',
    operation: 'getCurrentAccount',
    summary: "Show the caller's account",
    access: signed,
    answers: { 200: AccountSchema },
    errors: ['NOT_FOUND'],
    handle: async (ctx, { caller }) => accountJson(await findAccount(ctx, caller.accountId)),
  }),
  route({
    method: 'GET',
    url: '/api/v1/accounts/:user_id',
    operation: 'getAccount',
    summary: 'Show an account',
    access: ownerOrAdmin,
    params: UserPath,
    answers: { 200: AccountSchema },
    handle: async (ctx, { params }) => accountJson(await findAccount(ctx, params.user_id)),
  }),
  route({
    method: 'PUT',
    url: '/api/v1/accounts/:user_id',
    operation: 'updateAccount',
    summary: 'Change an account',
    description:
      'Fields that are left out stay. A new login, and another `active`, need a recent proof of presence.',
    access: ownerOrAdmin,
    params: UserPath,
    body: accountBody.schema,
    answers: { 200: AccountSchema },
    errors: ['LOGIN_ALREADY_USED', 'REAUTH_REQUIRED', 'CONFLICT'],
    handle: async (ctx, { params, body, caller }) => {
      const adminsOnly = caller.admin ? [] : ['active'];
      const input = {
        accountId: params.user_id,
        changes: changesOf(accountBody.changesOf(body)),
        session: caller.session,
        check: (present: Account) => accountBody.check(body, accountJson(present), adminsOnly),
      };
      return accountJson(await updateAccount(ctx, input));
    },
  }),
  route({
    method: 'DELETE',
    url: '/api/v1/accounts/:user_id',
    operation: 'deleteAccount',
    summary: 'Delete an account for good',
    description: 'Its sessions are closed. Needs a recent proof of presence.',
    access: ownerOrAdmin,
    params: UserPath,
    answers: { 204: undefined },
    told: { 204: 'The account is deleted.' },
    errors: ['REAUTH_REQUIRED', 'CONFLICT'],
    handle: async (ctx, { params, caller }) => {
      await deleteAccount(ctx, { accountId: params.user_id, session: caller.session });
    },
  }),
];

function changesOf(body: AccountBody): AccountChanges {
  const { time_zone: timeZone, custom_hdr: customHdr, custom_dat: customDat, ...rest } = body;
  return given({ ...rest, timeZone, customHdr, customDat });
}
