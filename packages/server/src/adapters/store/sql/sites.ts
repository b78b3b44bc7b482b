import { type Insertable, type Selectable, sql } from 'kysely';
import { accountIdOf, type SiteId } from '../../../kernel/ids.ts';
import type { Site } from '../../../sites/site.ts';
import type { SiteStore } from '../../../sites/store.ts';
import { type Database, type Flag, flag, noRow } from './database.ts';
import { parseObject } from './json.ts';
import { pageOf } from './page.ts';
import { contains, searchKeyOf } from './search.ts';

export interface SiteRow {
  id: string;
  code: string | null;
  create_time: number;
  creator_id: number;
  active: Flag;
  deleted: Flag;
  /** Name and code, folded, for `search`. */
  search_key: string;
  name: string;
  description: string;
  address: string;
  center: string | null;
  radius: number | null;
  geometry: string | null;
  boundaries: string | null;
  language: string;
  timezone: string;
  industry: string;
  org_size: number | null;
  total_sites: number | null;
  purpose: string;
  params: string;
}

/** The site of each code: a table of its own, so that one conditional write decides who gets a code. */
export interface SiteCodeRow {
  code_key: string;
  site_id: string;
}

/** Sites in SQL. */
export function sqlSites({ kysely, engine }: Database): SiteStore {
  const present = () => kysely.selectFrom('sites').selectAll('sites').where('deleted', '=', 0);
  const usersOf = (id: SiteId) =>
    kysely.selectFrom('account_roles').select('account_id').where('site_id', '=', id);

  return {
    async find(id) {
      const row = await present().where('id', '=', id).executeTakeFirst();
      return row && toSite(row);
    },

    async findByCode(codeKey) {
      const row = await present()
        .innerJoin('site_codes', 'site_codes.site_id', 'sites.id')
        .where('code_key', '=', codeKey)
        .executeTakeFirst();
      return row && toSite(row);
    },

    async list({ active, search, ids, deleted }, page) {
      let query = kysely.selectFrom('sites');
      if (!deleted) query = query.where('deleted', '=', 0);
      if (ids !== undefined) query = ids.length === 0 ? query.where(noRow) : query.where('id', 'in', ids);
      if (active !== undefined) query = query.where('active', '=', flag(active));
      if (search !== undefined) query = query.where((eb) => contains(eb.ref('search_key'), search));
      const rows = query.selectAll().orderBy('create_time', 'desc').orderBy('id', 'desc');
      return pageOf(rows, query, page, toSite);
    },

    async listUsers(id, { search }, page) {
      let query = kysely
        .selectFrom('accounts')
        .where('deleted', '=', 0)
        .where('accounts.id', 'in', usersOf(id));
      if (search !== undefined) query = query.where((eb) => contains(eb.ref('search_key'), search));
      const names = sql<string>`(
        select string_agg(substr(role, ${id.length + 2}), ',') from account_roles
        where account_roles.account_id = accounts.id and account_roles.site_id = ${id}
      )`;
      const rows = query.select(['accounts.id', 'login', 'name', names.as('roles')]).orderBy('accounts.id');
      return pageOf(rows, query, page, (row) => ({
        id: accountIdOf(row.id),
        login: row.login,
        name: row.name,
        roles: row.roles.split(',').sort(),
      }));
    },

    async lock(id) {
      const row = await present()
        .where('id', '=', id)
        .$if(engine === 'postgres', (query) => query.forUpdate())
        .executeTakeFirst();
      return row && toSite(row);
    },

    async insert(site) {
      const result = await kysely
        .insertInto('sites')
        .values(toRow(site))
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return result.numInsertedOrUpdatedRows === 1n;
    },

    async update(site) {
      const { id, create_time: _time, creator_id: _creator, ...changeable } = toRow(site);
      const result = await kysely
        .updateTable('sites')
        .set(changeable)
        .where('id', '=', id)
        .where('deleted', '=', 0)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    async giveCode(id, codeKey) {
      const codes = () => kysely.selectFrom('site_codes').select('code_key').where('site_id', '=', id);
      if (codeKey !== undefined) {
        // Before the old code is removed: otherwise two sites that swap their codes would deadlock.
        await kysely
          .insertInto('site_codes')
          .values({ code_key: codeKey, site_id: id })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        if (!(await codes().where('code_key', '=', codeKey).executeTakeFirst())) return false;
      }
      const old = kysely.deleteFrom('site_codes').where('site_id', '=', id);
      await (codeKey === undefined ? old : old.where('code_key', '<>', codeKey)).execute();
      return true;
    },

    async removeUsers(id, time) {
      if (engine === 'postgres') {
        // In the order of the ids, so that two of these cannot deadlock.
        const accounts = kysely.selectFrom('accounts').select('id').where('id', 'in', usersOf(id));
        await accounts.orderBy('id').forUpdate().execute();
      }
      const result = await kysely
        .updateTable('accounts')
        .set({ roles_update_time: time })
        .where('id', 'in', usersOf(id))
        .executeTakeFirst();
      await kysely.deleteFrom('account_roles').where('site_id', '=', id).execute();
      return Number(result.numUpdatedRows);
    },

    async hasOthers(id, accountId) {
      const other = await kysely
        .selectFrom('account_roles')
        .innerJoin('accounts', 'accounts.id', 'account_roles.account_id')
        .select('accounts.id')
        .where('site_id', '=', id)
        .where('account_id', '<>', Number(accountId))
        .where('deleted', '=', 0)
        .limit(1)
        .executeTakeFirst();
      return other !== undefined;
    },
  };
}

function toRow(site: Site): Insertable<SiteRow> {
  const { orgSize, totalSites } = site;
  return {
    id: site.id,
    code: site.code ?? null,
    create_time: site.createTime,
    creator_id: Number(site.creatorId),
    active: flag(site.active),
    deleted: flag(site.deleted),
    search_key: searchKeyOf(site.name, site.code ?? ''),
    name: site.name,
    description: site.description,
    address: site.address,
    center: toJson(site.center),
    radius: site.radius ?? null,
    geometry: toJson(site.geometry),
    boundaries: toJson(site.boundaries),
    language: site.language,
    timezone: site.timezone,
    industry: site.industry,
    org_size: orgSize ?? null,
    total_sites: totalSites ?? null,
    purpose: site.purpose,
    params: JSON.stringify(site.params),
  };
}

function toSite(row: Selectable<SiteRow>): Site {
  return {
    id: row.id as SiteId,
    code: row.code ?? undefined,
    createTime: row.create_time,
    creatorId: accountIdOf(row.creator_id),
    active: row.active === 1,
    deleted: row.deleted === 1,
    name: row.name,
    description: row.description,
    address: row.address,
    center: ofJson(row.center),
    radius: row.radius ?? undefined,
    geometry: ofJson(row.geometry),
    boundaries: ofJson(row.boundaries),
    language: row.language,
    timezone: row.timezone,
    industry: row.industry,
    orgSize: row.org_size ?? undefined,
    totalSites: row.total_sites ?? undefined,
    purpose: row.purpose,
    params: parseObject(row.params),
  };
}

function toJson(value: object | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

function ofJson(json: string | null): Site['center'] {
  return json === null ? undefined : parseObject(json);
}
