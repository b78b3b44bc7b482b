import { AppError, invalidField } from '../kernel/errors.ts';
import type { AccountId, SiteId } from '../kernel/ids.ts';
import { checkText } from '../kernel/text.ts';

/** GeoJSON, or any other description of a place; stored as it is. */
export type Shape = Readonly<Record<string, unknown>>;

/** What a site's admin may write. */
export interface SiteFields {
  /** By which others find it: unique, case-insensitive. */
  readonly code: string | undefined;
  readonly name: string;
  readonly description: string;
  readonly address: string;
  readonly center: Shape | undefined;
  readonly radius: number | undefined;
  readonly geometry: Shape | undefined;
  readonly boundaries: Shape | undefined;
  /** A BCP 47 tag. */
  readonly language: string;
  /** An IANA name. */
  readonly timezone: string;
  readonly industry: string;
  readonly orgSize: number | undefined;
  readonly totalSites: number | undefined;
  readonly purpose: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** An organisation, team or tenant. Times are unix milliseconds. */
export interface Site extends SiteFields {
  readonly id: SiteId;
  readonly createTime: number;
  readonly creatorId: AccountId;
  /** Set by global admins. Nobody can join an inactive site. */
  readonly active: boolean;
  readonly deleted: boolean;
}

/** New values by field; undefined removes a value. Fields that are absent stay. */
export type SiteChanges = Partial<SiteFields>;

export interface SiteFilter {
  readonly active?: boolean;
  /** Part of a name or code, case-insensitive. */
  readonly search?: string;
  readonly ids?: readonly SiteId[];
}

/** An account with roles on a site. */
export interface SiteUser {
  readonly id: AccountId;
  readonly login: string;
  readonly name: string;
  /** Names without the site's id, sorted. */
  readonly roles: readonly string[];
}

/** The length of a generated code. */
export const codeLength = 8;

const maxShapeSize = 16 * 1024;

const emptyFields: Omit<SiteFields, 'name'> = {
  code: undefined,
  description: '',
  address: '',
  center: undefined,
  radius: undefined,
  geometry: undefined,
  boundaries: undefined,
  language: 'en',
  timezone: 'UTC',
  industry: '',
  orgSize: undefined,
  totalSites: undefined,
  purpose: '',
  params: {},
};

/** Makes a new site, not yet stored. Throws INVALID_DATA. */
export function newSite(
  own: Pick<Site, 'id' | 'createTime' | 'creatorId'>,
  fields: SiteChanges & { readonly name: string },
): Site {
  return { ...emptyFields, ...own, active: true, deleted: false, ...checkFields(fields) };
}

/** Applies changes; returns the new site. Throws INVALID_DATA. */
export function applySiteChanges(site: Site, changes: SiteChanges): Site {
  return { ...site, ...checkFields(changes) };
}

/** The key by which codes are compared, case-insensitive. Throws INVALID_DATA for what cannot be a code. */
export function codeKeyOf(code: string): string {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(code)) throw invalidField('code', 'must match [A-Za-z0-9_-]{1,64}');
  return code.toLowerCase();
}

/** The error for a code that another site has. */
export function codeTakenError(): AppError {
  return new AppError('CONFLICT', { detail: 'Another site has this code.' });
}

function checkFields<Given extends SiteChanges>(given: Given): Given {
  const checked: Record<string, unknown> = { ...given };
  if (given.code !== undefined) codeKeyOf(given.code);
  if (given.name !== undefined) checked.name = checkText('name', given.name, 128);
  for (const [field, max] of [
    ['description', 1000],
    ['address', 500],
    ['industry', 128],
    ['purpose', 500],
  ] as const) {
    const text = given[field];
    if (text !== undefined) checked[field] = checkLines(field, text, max);
  }
  for (const field of ['center', 'geometry', 'boundaries', 'params'] as const) {
    const value = given[field];
    if (value !== undefined && Buffer.byteLength(JSON.stringify(value)) > maxShapeSize) {
      throw invalidField(field, `must be at most ${maxShapeSize} bytes of JSON`);
    }
  }
  return checked as Given;
}

/** Checks text that may be empty and have several lines; returns it trimmed, in NFC. */
function checkLines(field: string, text: string, max: number): string {
  const normal = text.normalize('NFC').trim();
  if (normal.length > max || /[\p{Cc}\p{Cs}\u2028\u2029]/u.test(normal.replaceAll(/[\r\n\t]/g, ''))) {
    throw invalidField(field, `must be at most ${max} characters, without control characters`);
  }
  return normal;
}
