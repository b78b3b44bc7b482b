import { Type } from '@sinclair/typebox';
import { given } from '../kernel/given.ts';

/** Options of an object that takes no other members. */
export const closed = { additionalProperties: false };

/** An object of any members. */
export const JsonObject = (description?: string) =>
  Type.Object({}, given({ additionalProperties: true, description }));

export const AnyObject = JsonObject();
export const SmallObject = JsonObject('At most 8 KiB of JSON.');
export const Time = Type.String({ description: 'ISO 8601, UTC' });

export const Password = Type.String({ description: 'At most 256 characters.' });
/** The name of a person or a site. What is sent may be longer than what is kept: it is trimmed and normalized. */
export const Name = Type.String({ maxLength: 512, description: '1 to 128 characters.' });
/** A login that is chosen. */
export const newLogin = (more = '') =>
  Type.String({
    maxLength: 1024,
    description: `1 to 254 visible characters without spaces, not only digits.${more}`,
  });
/** A login that is typed to name an account. */
export const Login = Type.String({
  maxLength: 1024,
  description: "A login, a verified e-mail address, or an account's id.",
});
export const Code = Type.String({ maxLength: 256 });

/** A query parameter with a text to look for. */
export const Search = (description?: string) =>
  Type.Optional(Type.String(given({ minLength: 1, maxLength: 128, description })));

/** A query parameter with ids, which `idsOf` reads. */
export const Ids = (description: string, maxLength = 8192) =>
  Type.Optional(Type.String({ maxLength, description }));
