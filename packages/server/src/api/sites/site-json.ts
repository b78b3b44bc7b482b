import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { isoTime } from '../../kernel/time.ts';
import type { FoundSite } from '../../sites/find-site-by-code.ts';
import type { Site, SiteChanges, SiteUser } from '../../sites/site.ts';
import { Language, TimeZone } from '../accounts/account-json.ts';

const closed = { additionalProperties: false };
const Shape = Type.Object({}, { additionalProperties: true, description: 'GeoJSON; 16 KiB at most.' });
const Params = Type.Object({}, { additionalProperties: true, description: '16 KiB of JSON at most.' });
const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const Radius = Type.Number({ minimum: 0 });

export const SiteSchema = Type.Object(
  {
    id: Type.String(),
    code: Type.Optional(Type.String()),
    create_time: Type.String({ description: 'ISO 8601, UTC' }),
    creator_id: Type.String(),
    active: Type.Boolean(),
    deleted: Type.Boolean(),
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
  { $id: 'Site', title: 'Site' },
);

/** What a non-member may see of a site. */
export const FoundSiteSchema = Type.Object({ id: Type.String(), code: Type.String(), name: Type.String() });

export const SiteUserSchema = Type.Object(
  {
    id: Type.String(),
    login: Type.Optional(Type.String({ description: 'Absent where accounts are hidden.' })),
    name: Type.String(),
    roles: Type.Array(Type.String(), { description: "Without the site's id." }),
  },
  { $id: 'SiteUser', title: 'SiteUser' },
);

export const SiteCode = Type.String({
  pattern: '^[A-Za-z0-9_-]{1,64}$',
  description: 'Unique; case makes no difference.',
});
const orNone = <T extends TSchema>(schema: T) =>
  Type.Optional(Type.Union([schema, Type.Null()], { description: 'null takes it away.' }));

const writable = {
  code: orNone(SiteCode),
  description: Type.Optional(Type.String({ maxLength: 4000, description: '1000 characters at most.' })),
  address: Type.Optional(Type.String({ maxLength: 2000, description: '500 characters at most.' })),
  center: orNone(Shape),
  radius: orNone(Radius),
  geometry: orNone(Shape),
  boundaries: orNone(Shape),
  language: Type.Optional(Language),
  timezone: Type.Optional(TimeZone),
  industry: Type.Optional(Type.String({ maxLength: 512, description: '128 characters at most.' })),
  org_size: orNone(Count),
  total_sites: orNone(Count),
  purpose: Type.Optional(Type.String({ maxLength: 2000, description: '500 characters at most.' })),
  params: Type.Optional(Params),
};
const Name = Type.String({ maxLength: 512, description: '1 to 128 characters.' });

/** What a site is made from. */
export const NewSiteSchema = Type.Object({ name: Name, ...writable }, closed);

/** What of a site is to change. */
export const SiteChangesSchema = Type.Object(
  {
    name: Type.Optional(Name),
    ...writable,
    active: Type.Optional(Type.Boolean({ description: 'For admins alone.' })),
  },
  closed,
);

/** The fields that a body names. */
export function siteFieldsOf(body: Omit<Static<typeof SiteChangesSchema>, 'active'>): SiteChanges {
  const names = { org_size: 'orgSize', total_sites: 'totalSites' } as Readonly<Record<string, string>>;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [names[name] ?? name, value ?? undefined]),
  );
}

/** A site as part A shows it. What it does not have is left out. */
export function siteJson(site: Site): Static<typeof SiteSchema> {
  const { createTime, creatorId, orgSize, totalSites, code, center, radius, geometry, boundaries, ...same } =
    site;
  return {
    ...same,
    create_time: isoTime(createTime),
    creator_id: creatorId,
    ...(code !== undefined && { code }),
    ...(center !== undefined && { center }),
    ...(radius !== undefined && { radius }),
    ...(geometry !== undefined && { geometry }),
    ...(boundaries !== undefined && { boundaries }),
    ...(orgSize !== undefined && { org_size: orgSize }),
    ...(totalSites !== undefined && { total_sites: totalSites }),
  };
}

export function foundSiteJson({ id, code, name }: FoundSite): Static<typeof FoundSiteSchema> {
  return { id, code: code ?? '', name };
}

/** Somebody on a site. The login is left out where accounts are hidden. */
export function siteUserJson(user: SiteUser, showLogin: boolean): Static<typeof SiteUserSchema> {
  const { id, login, name, roles } = user;
  return { id, ...(showLogin && { login }), name, roles: [...roles] };
}
