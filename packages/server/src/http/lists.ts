import { type TSchema, Type } from '@sinclair/typebox';
import { invalidField } from '../kernel/errors.ts';
import { maxTake, type PageRequest } from '../kernel/pages.ts';
import { isoTime, parseIsoTime } from '../kernel/time.ts';

/** The query parameters that every list takes. */
export const pageQuery = {
  skip: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000, default: 0 })),
  take: Type.Optional(Type.Integer({ minimum: 1, maximum: maxTake, default: maxTake })),
  total: Type.Optional(
    Type.Boolean({
      description: 'Whether to count the whole list; `1` and `0` are taken too.',
      default: false,
    }),
  ),
};

interface PageQuery {
  readonly skip?: number;
  readonly take?: number;
  readonly total?: boolean;
}

/** The part of a list that the query asks for. */
export function pageOf(query: PageQuery): PageRequest {
  return { skip: query.skip ?? 0, take: query.take ?? maxTake, total: query.total ?? false };
}

/** The schema of a page of items. */
export function PageSchema<T extends TSchema>(item: T) {
  return Type.Object(
    { data: Type.Array(item), total: Type.Optional(Type.Integer()) },
    { description: 'A page of the list; with `total=true` also how long the whole list is.' },
  );
}

/** The instant that a text names; undefined without a text. Throws INVALID_DATA. */
export function timeOf(field: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = parseIsoTime(text);
  // Date reads the 31st of February as the 3rd of March.
  const day = text.slice(0, 10);
  if (time === undefined || !isoTime(parseIsoTime(day)!).startsWith(day))
    throw invalidField(field, 'must be an ISO 8601 time with its zone, or a date');
  return time;
}

/** The ids of a comma-separated query parameter; undefined without one. Throws INVALID_DATA. */
export function idsOf<T>(
  field: string,
  text: string | undefined,
  parse: (text: string) => T | undefined,
): T[] | undefined {
  if (text === undefined) return undefined;
  const parts = text.split(',');
  if (parts.length > maxTake) throw invalidField(field, `must be at most ${maxTake} ids`);
  return parts.map((part) => {
    const id = parse(part);
    if (id === undefined) throw invalidField(field, 'must be ids, separated by commas');
    return id;
  });
}
