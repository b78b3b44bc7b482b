import { type Static, Type } from '@sinclair/typebox';
import { deleteAccount } from '../../authentication/delete-account.ts';
import { provideAccount } from '../../authentication/provide-account.ts';
import { sendCookie } from '../../http/cookies.ts';
import { idsOf, PageSchema, pageOf, pageQuery } from '../../http/lists.ts';
import type { AccountFilter } from '../../identity/accounts/account.ts';
import { findAccount } from '../../identity/accounts/find-account.ts';
import { listAccounts } from '../../identity/accounts/list-accounts.ts';
import { type AccountChanges, updateAccount } from '../../identity/accounts/update-account.ts';
import { invalidField } from '../../kernel/errors.ts';
import { parseAccountId } from '../../kernel/ids.ts';
import { mapPage } from '../../kernel/pages.ts';
import { admin, ownerOrAdmin, pathAccount, signed } from '../access.ts';
import { type Route, route } from '../route.ts';
import { AccountChangesSchema, AccountSchema, accountJson, ProvidedAccountSchema } from './account-json.ts';

const closed = { additionalProperties: false };
const UserPath = Type.Object({ user_id: Type.String() }, closed);

const ListQuery = Type.Object(
  {
    ...pageQuery,
    active: Type.Optional(Type.Boolean()),
    search: Type.Optional(
      Type.String({ minLength: 1, maxLength: 128, description: 'Part of a login or name.' }),
    ),
    ids: Type.Optional(
      Type.String({
        maxLength: 2048,
        description: 'Account ids, separated by commas. Shows deleted ones too.',
      }),
    ),
  },
  closed,
);

export const accountRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/api/v1/accounts',
    operation: 'getAccounts',
    summary: 'All accounts, newest first',
    access: admin,
    query: ListQuery,
    answers: { 200: PageSchema(AccountSchema) },
    handle: async (ctx, { query }) => {
      const { active, search, ids } = query;
      const filter: AccountFilter = {
        ...(active !== undefined && { active }),
        ...(search !== undefined && { search }),
        ...(ids !== undefined && { ids: idsOf('ids', ids, parseAccountId) }),
      };
      return mapPage(await listAccounts(ctx, { filter, page: pageOf(query) }), accountJson);
    },
  }),
  route({
    method: 'POST',
    url: '/api/v1/accounts',
    operation: 'createAccount',
    summary: 'Make an account for somebody, who is mailed a code to set the password with',
    access: admin,
    body: ProvidedAccountSchema,
    answers: { 200: AccountSchema },
    errors: ['LOGIN_ALREADY_USED'],
    handle: async (ctx, { body }) => {
      const { time_zone: timeZone, ...rest } = body;
      const input = { ...rest, ...(timeZone !== undefined && { timeZone }) };
      return accountJson(await provideAccount(ctx, input));
    },
  }),
  route({
    method: 'GET',
    url: '/api/v1/accounts/current',
    operation: 'getCurrentAccount',
    summary: "The caller's account",
    access: signed,
    answers: { 200: AccountSchema },
    errors: ['NOT_FOUND'],
    handle: async (ctx, { caller }) => accountJson(await findAccount(ctx, caller!.accountId)),
  }),
  route({
    method: 'GET',
    url: '/api/v1/accounts/:user_id',
    operation: 'getAccount',
    summary: 'An account',
    access: ownerOrAdmin,
    params: UserPath,
    answers: { 200: AccountSchema },
    handle: async (ctx, { request }) => accountJson(await findAccount(ctx, pathAccount(request))),
  }),
  route({
    method: 'PUT',
    url: '/api/v1/accounts/:user_id',
    operation: 'updateAccount',
    summary: 'Change an account: what is not given stays. A new login needs a recent proof of presence',
    access: ownerOrAdmin,
    params: UserPath,
    body: AccountChangesSchema,
    answers: { 200: AccountSchema },
    errors: ['LOGIN_ALREADY_USED', 'REAUTH_REQUIRED', 'CONFLICT'],
    handle: async (ctx, { body, caller, request }) => {
      if (body.active !== undefined && !caller!.admin) {
        throw invalidField('active', 'may be changed by an admin alone');
      }
      const input = {
        accountId: pathAccount(request),
        changes: changesOf(body),
        session: caller!.session,
      };
      return accountJson(await updateAccount(ctx, input));
    },
  }),
  route({
    method: 'DELETE',
    url: '/api/v1/accounts/:user_id',
    operation: 'deleteAccount',
    summary: 'Delete an account for good, and close its sessions. Needs a recent proof of presence',
    access: ownerOrAdmin,
    params: UserPath,
    answers: { 204: undefined },
    errors: ['REAUTH_REQUIRED', 'CONFLICT'],
    handle: async (ctx, { caller, request, reply }) => {
      const accountId = pathAccount(request);
      await deleteAccount(ctx, { accountId, session: caller!.session });
      if (accountId === caller!.accountId && ctx.cookie !== undefined) sendCookie(reply, ctx.cookie.clear);
    },
  }),
];

function changesOf(body: Static<typeof AccountChangesSchema>): AccountChanges {
  const { time_zone: timeZone, custom_hdr: customHdr, custom_dat: customDat, ...rest } = body;
  return {
    ...rest,
    ...(timeZone !== undefined && { timeZone }),
    ...(customHdr !== undefined && { customHdr }),
    ...(customDat !== undefined && { customDat }),
  };
}
