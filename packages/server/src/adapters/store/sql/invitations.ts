import { type SelectQueryBuilder, sql } from 'kysely';
import type { TimeRange } from '../../../kernel/clock/clock.ts';
import type { InvitationId } from '../../../kernel/ids.ts';
import type { InvitationAction } from '../../../sites/invitations/invitation.ts';
import type { Alive, InvitationFilter, InvitationStore } from '../../../sites/invitations/store.ts';
import type { Database, Tables } from './database.ts';
import { toInvitation, toInvitationRow } from './invitation-rows.ts';
import { pageOf } from './page.ts';
import { contains, searchKeyOf } from './search.ts';

/** Invitations in SQL. */
export function sqlInvitations({ kysely }: Database): InvitationStore {
  /** Invitations with the names of their site and of who made them. */
  const withNames = () =>
    kysely
      .selectFrom('invitations')
      .selectAll('invitations')
      .select([
        sql<string>`(select name from sites where sites.id = invitations.site_id)`.as('site_name'),
        sql<string | null>`(select name from accounts where accounts.id = invitations.creator_id)`.as(
          'creator_name',
        ),
      ]);
  const findNewest = async (query: ReturnType<typeof withNames>) => {
    const row = await query.orderBy('create_time', 'desc').limit(1).executeTakeFirst();
    return row && toInvitation(row);
  };
  /** The search key under a new name. The address never changes. */
  const searchKeyFor = async (id: InvitationId, name: string) => {
    const address = kysely.selectFrom('invitations').select('email_key').where('id', '=', Number(id));
    return searchKeyOf(name, (await address.executeTakeFirst())?.email_key ?? '');
  };

  return {
    find: (id) => findNewest(withNames().where('id', '=', Number(id))),

    findByCode: (codeHash) => findNewest(withNames().where('code_hash', '=', codeHash)),

    findSent: (siteId, emailKey) =>
      findNewest(
        withNames()
          .where('site_id', '=', siteId)
          .where('email_key', '=', emailKey)
          .where('action', '=', 'activate')
          .where('status', '=', 'pending'),
      ),

    findAsked: (siteId, accountId, alive) =>
      findNewest(
        withNames()
          .where('site_id', '=', siteId)
          .where('invitee_id', '=', Number(accountId))
          .where('action', '=', 'approve')
          .where('status', '=', 'pending')
          .where('expire_time', '>', alive.after)
          .where('expire_time', '<=', alive.upTo),
      ),

    list(filter, alive, page) {
      const rows = filterInvitations(withNames(), filter, alive)
        .orderBy('create_time', 'desc')
        .orderBy('id', 'desc');
      return pageOf(
        rows,
        filterInvitations(kysely.selectFrom('invitations'), filter, alive),
        page,
        toInvitation,
      );
    },

    async limitedSince(send, { same, most }, { after, upTo }) {
      let query = kysely
        .selectFrom('invitation_sends')
        .select('time')
        .where('kind', '=', send.kind)
        .where('time', '>', after)
        .where('time', '<=', upTo);
      if (same.includes('siteId')) query = query.where('site_id', '=', send.siteId);
      if (same.includes('senderId')) query = query.where('sender_id', '=', Number(send.senderId));
      if (same.includes('subject')) query = query.where('subject', '=', send.subject);
      const row = await query
        .orderBy('time', 'desc')
        .offset(most - 1)
        .limit(1)
        .executeTakeFirst();
      return row?.time;
    },

    async insert(invitation) {
      await kysely.insertInto('invitations').values(toInvitationRow(invitation)).execute();
    },

    async renew(id, { role, senderId, inviteeName, sentTime, expireTime, codeHash }) {
      const result = await kysely
        .updateTable('invitations')
        .set({
          role,
          sender_id: Number(senderId),
          invitee_name: inviteeName,
          search_key: await searchKeyFor(id, inviteeName),
          sent_time: sentTime,
          update_time: sentTime,
          expire_time: expireTime,
          code_hash: codeHash,
        })
        .where('id', '=', Number(id))
        .where('action', '=', 'activate')
        .where('status', '=', 'pending')
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    async end(id, { status, time, role, invitee }, { action, alive, codeHash } = {}) {
      let query = kysely
        .updateTable('invitations')
        .set({
          status,
          update_time: time,
          code_hash: null,
          ...(role !== undefined && { role }),
          ...(invitee !== undefined && {
            invitee_id: Number(invitee.id),
            invitee_name: invitee.name,
            search_key: await searchKeyFor(id, invitee.name),
          }),
        })
        .where('id', '=', Number(id))
        .where('status', '=', 'pending');
      if (action !== undefined) query = query.where('action', '=', action);
      if (alive !== undefined) {
        query = query.where('expire_time', '>', alive.after).where('expire_time', '<=', alive.upTo);
      }
      if (codeHash !== undefined) query = query.where('code_hash', '=', codeHash);
      return (await query.executeTakeFirst()).numUpdatedRows === 1n;
    },

    async noteSend({ kind, siteId, senderId, subject }, time) {
      await kysely
        .insertInto('invitation_sends')
        .values({ kind, site_id: siteId, sender_id: Number(senderId), subject, time })
        .execute();
    },

    async removeOfSite(siteId) {
      await kysely.deleteFrom('invitations').where('site_id', '=', siteId).execute();
      await kysely.deleteFrom('invitation_sends').where('site_id', '=', siteId).execute();
    },

    async removeOfAccount(accountId, emailKeys) {
      const id = Number(accountId);
      await kysely
        .deleteFrom('invitations')
        .where((eb) =>
          eb.or([
            eb('invitee_id', '=', id),
            eb.and([eb('sender_id', '=', id), eb('status', '=', 'pending')]),
            ...(emailKeys.length > 0 ? [eb('email_key', 'in', emailKeys)] : []),
          ]),
        )
        .execute();
      await kysely
        .deleteFrom('invitation_sends')
        .where((eb) => eb.or([eb('sender_id', '=', id), eb('subject', 'in', [accountId, ...emailKeys])]))
        .execute();
    },

    async removeOld({ after, upTo }, limit) {
      const old = kysely
        .selectFrom('invitations')
        .select('id')
        .where((eb) => eb.or([eb('update_time', '<', after), eb('update_time', '>', upTo)]))
        .limit(limit);
      const result = await kysely.deleteFrom('invitations').where('id', 'in', old).executeTakeFirst();
      return Number(result.numDeletedRows);
    },

    async removeSends({ after, upTo }) {
      await kysely
        .deleteFrom('invitation_sends')
        .where((eb) => eb.or([eb('time', '<', after), eb('time', '>', upTo)]))
        .execute();
    },
  };
}

function filterInvitations<Row>(
  query: SelectQueryBuilder<Tables, 'invitations', Row>,
  { siteId, addressee, action, status, search }: InvitationFilter,
  { activate, approve }: Alive,
): SelectQueryBuilder<Tables, 'invitations', Row> {
  let filtered = query;
  if (siteId !== undefined) filtered = filtered.where('site_id', '=', siteId);
  if (addressee !== undefined) {
    const { accountId, emailKey } = addressee;
    filtered = filtered.where((eb) =>
      eb.or([
        eb('invitee_id', '=', Number(accountId)),
        ...(emailKey === undefined
          ? []
          : [eb.and([eb('email_key', '=', emailKey), eb('invitee_id', 'is', null)])]),
      ]),
    );
  }
  if (action !== undefined) filtered = filtered.where('action', '=', action);
  if (status === 'pending' || status === 'expired') {
    filtered = filtered.where('status', '=', 'pending').where((eb) => {
      const within = (of: InvitationAction, { after, upTo }: TimeRange) =>
        eb.and([eb('action', '=', of), eb('expire_time', '>', after), eb('expire_time', '<=', upTo)]);
      const isAlive = eb.or([within('activate', activate), within('approve', approve)]);
      return status === 'pending' ? isAlive : eb.not(isAlive);
    });
  } else if (status !== undefined) filtered = filtered.where('status', '=', status);
  if (search !== undefined) filtered = filtered.where((eb) => contains(eb.ref('search_key'), search));
  return filtered;
}
