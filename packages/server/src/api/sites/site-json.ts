import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { given } from '../../kernel/given.ts';
import { isoTime } from '../../kernel/time.ts';
import type { FoundSite } from '../../sites/find-site-by-code.ts';
import type { Site, SiteChanges, SiteUser } from '../../sites/site.ts';
import { Language, TimeZone } from '../accounts/account-json.ts';
import { createPutBody, readOnly } from '../put-body.ts';
import { closed, JsonObject, Name, Time } from '../schemas.ts';

const Shape = JsonObject('GeoJSON, at most 16 KiB.');
const Params = JsonObject('At most 16 KiB of JSON.');
const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const Radius = Type.Number({ minimum: 0 });

export const SiteSchema = Type.Object(
  {
    id: readOnly(Type.String()),
    code: Type.Optional(Type.String()),
    create_time: readOnly(Time),
    creator_id: readOnly(Type.String()),
    active: Type.Boolean(),
    deleted: readOnly(Type.Boolean()),
    name: Type.String(),
    description: Type.String(),
    address: Type.String(),
    center: Type.Optional(Shape),
    radius: Type.Optional(Radius),
    geometry: Type.Optional(Shape),
    boundaries: Type.Optional(Shape),
    language: Type.String(),
    timezone: Type.String(),
    industry: Type.String(),
    org_size: Type.Optional(Count),
    total_sites: Type.Optional(Count),
    purpose: Type.String(),
    params: Params,
  },
  { $id: 'Site', title: 'Site', description: 'An organisation, a team or a tenant.' },
);

/** What accounts that are not on a site may see of it. */
export const FoundSiteSchema = Type.Object({ id: Type.String(), code: Type.String(), name: Type.String() });

export const SiteUserSchema = Type.Object(
  {
    id: readOnly(Type.String()),
    login: Type.Optional(readOnly(Type.String({ description: 'Absent where accounts are hidden.' }))),
    name: readOnly(Type.String()),
    roles: Type.Array(Type.String(), { description: "Without the site's id." }),
  },
  { $id: 'SiteUser', title: 'SiteUser', description: 'An account on a site.' },
);

export const SiteCode = Type.String({
  pattern: '^[A-Za-z0-9_-]{1,64}$',
  description: 'Unique, regardless of case.',
});
const nullable = <T extends TSchema>(schema: T) =>
  Type.Optional(Type.Union([schema, Type.Null()], { description: 'null removes it.' }));

const writable = {
  code: nullable(SiteCode),
  description: Type.Optional(Type.String({ maxLength: 4000, description: 'At most 1000 characters.' })),
  address: Type.Optional(Type.String({ maxLength: 2000, description: 'At most 500 characters.' })),
  center: nullable(Shape),
  radius: nullable(Radius),
  geometry: nullable(Shape),
  boundaries: nullable(Shape),
  language: Type.Optional(Language),
  timezone: Type.Optional(TimeZone),
  industry: Type.Optional(Type.String({ maxLength: 512, description: 'At most 128 characters.' })),
  org_size: nullable(Count),
  total_sites: nullable(Count),
  purpose: Type.Optional(Type.String({ maxLength: 2000, description: 'At most 500 characters.' })),
  params: Type.Optional(Params),
};

/** The fields of a new site. */
export const NewSiteSchema = Type.Object({ name: Name, ...writable }, closed);

const SiteChangesSchema = Type.Object(
  {
    name: Type.Optional(Name),
    ...writable,
    active: Type.Optional(Type.Boolean({ description: 'Only admins can change it.' })),
  },
  closed,
);

/** The fields of a site that can be changed. */
export const siteBody = createPutBody(SiteChangesSchema, SiteSchema);

/** An account's roles on a site. */
export const siteUserBody = createPutBody(
  Type.Object(
    {
      roles: Type.Array(Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }), {
        maxItems: 10,
        description: "Names without the site's id: user, manager, admin, or any other.",
      }),
    },
    closed,
  ),
  SiteUserSchema,
);

/** The fields that a body gives; null removes one. */
export function siteFieldsOf(body: Omit<Static<typeof SiteChangesSchema>, 'active'>): SiteChanges {
  const names = { org_size: 'orgSize', total_sites: 'totalSites' } as Readonly<Record<string, string>>;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [names[name] ?? name, value ?? undefined]),
  );
}

/** A site as the facade shows it. Fields that it does not have are left out. */
export function siteJson(site: Site): Static<typeof SiteSchema> {
  const { createTime, creatorId, orgSize, totalSites, ...same } = site;
  return given({
    ...same,
    create_time: isoTime(createTime),
    creator_id: creatorId,
    org_size: orgSize,
    total_sites: totalSites,
  });
}

export function foundSiteJson({ id, code, name }: FoundSite): Static<typeof FoundSiteSchema> {
  return { id, code: code ?? '', name };
}

/** A user of a site, as the facade shows them. */
export function siteUserJson(user: SiteUser, showLogin: boolean): Static<typeof SiteUserSchema> {
  const { id, login, name, roles } = user;
  return given({ id, login: showLogin ? login : undefined, name, roles: [...roles] });
}
