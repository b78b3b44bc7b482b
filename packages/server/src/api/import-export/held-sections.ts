import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { findAccount } from '../../identity/accounts/find-account.ts';
import { findSection } from '../../identity/settings/find-section.ts';
import type { Context } from '../../kernel/context.ts';
import { given, ifGiven } from '../../kernel/given.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { listAll } from '../../kernel/list-all.ts';
import { isoTime } from '../../kernel/time.ts';
import { listOwnInvitations } from '../../sites/invitations/list-own-invitations.ts';
import { listOwnSites } from '../../sites/list-own-sites.ts';
import { AccountSchema, accountJson } from '../accounts/account-json.ts';
import { InvitationSchema, invitationJson } from '../invitations/invitation-json.ts';
import { AnyObject, Time } from '../schemas.ts';
import { SectionSchema, sectionJson } from '../settings/section-json.ts';
import {
  HeldEntrySchema,
  HeldMailSchema,
  HeldSessionSchema,
  heldEntryJson,
  heldMailJson,
  heldSessionJson,
} from './held-json.ts';

/** One part of what is stored about an account. */
interface HeldSection<S extends TSchema> {
  readonly schema: S;
  readonly read: (ctx: Context, accountId: AccountId) => Promise<Static<S>>;
}

const section = <S extends TSchema>(schema: S, read: HeldSection<S>['read']): HeldSection<S> => ({
  schema,
  read,
});

/**
 * Everything that is stored about an account, by its name in an export; null where there is none. A domain that stores
 * more about people adds a row, but never a hash, a code or a credential.
 */
export const heldSections = {
  account: section(AccountSchema, async (ctx, id) => accountJson(await findAccount(ctx, id))),

  email_settings: section(
    Type.Union([
      Type.Object({
        name: Type.String(),
        email: Type.String(),
        language: Type.String(),
        subscriptions: AnyObject,
        verified: Type.Boolean(),
        custom_hdr: AnyObject,
        custom_dat: AnyObject,
      }),
      Type.Null(),
    ]),
    async (ctx, id) => {
      const found = await ctx.read.emailSettings.find(id);
      if (found === undefined) return null;
      const { name, email, language, subscriptions, verified, customHdr, customDat } = found;
      return { name, email, language, subscriptions, verified, custom_hdr: customHdr, custom_dat: customDat };
    },
  ),

  password: section(
    Type.Union([
      Type.Object({ change_time: Time, failures: Type.Integer(), lock_time: Type.Optional(Time) }),
      Type.Null(),
    ]),
    async (ctx, id) => {
      const found = await ctx.read.passwords.find(id);
      if (found === undefined) return null;
      const { failures, lockTime } = found.tries;
      const change_time = isoTime(found.changeTime);
      return given({ change_time, failures, lock_time: ifGiven(lockTime, isoTime) });
    },
  ),

  roles: section(Type.Array(Type.String()), async (ctx, id) => [...(await ctx.read.roles.find(id)).roles]),

  sites: section(Type.Array(Type.Object({ id: Type.String(), name: Type.String() })), async (ctx, id) => {
    const { roles } = await ctx.read.roles.find(id);
    const sites = await listAll((page) => listOwnSites(ctx, { roles, filter: {}, page }));
    return sites.map((site) => ({ id: site.id, name: site.name }));
  }),

  settings: section(SectionSchema, async (ctx, id) => sectionJson(await findSection(ctx, id))),

  sessions: section(Type.Array(HeldSessionSchema), async (ctx, id) => {
    const sessions = await listAll((page) => ctx.read.sessions.list({ accountId: id }, page));
    return sessions.map(({ session }) => heldSessionJson(session));
  }),

  invitations: section(Type.Array(InvitationSchema), async (ctx, id) => {
    const found = await listAll((page) => listOwnInvitations(ctx, { accountId: id, filter: {}, page }));
    return found.map((invitation) => invitationJson(invitation, ctx.clock));
  }),

  mails: section(Type.Array(HeldMailSchema), async (ctx, id) => {
    const mails = await listAll((page) => ctx.read.mails.list({ accountId: id }, page));
    return mails.map(heldMailJson);
  }),

  log: section(Type.Array(HeldEntrySchema), async (ctx, id) => {
    const { pruned } = await ctx.read.log.state();
    return (await ctx.read.importExport.listEntriesAbout(id, pruned, maxEntries)).map(heldEntryJson);
  }),
};

/** The log only keeps entries that can still refuse a token: those of some minutes. */
const maxEntries = 10_000;
