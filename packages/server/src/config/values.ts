import { createSecretKey, type KeyObject, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { faultOfOrigin } from '../kernel/origin.ts';

/** Why a value is refused: the rest of a sentence that begins with the variable's name. Never contains a secret. */
export class ValueError extends Error {
  override readonly name = 'ValueError';
}

/** Parses the text of a variable. Throws a ValueError that says what it must be. */
export type Parse<T> = (text: string) => T;

function refuse(message: string): never {
  throw new ValueError(message);
}

const unitMilliseconds = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Parses seconds (`300`) or a number with a unit (`500ms`, `30s`, `30m`, `24h`, `30d`) to milliseconds. */
export function duration(limits: { min: string; max: string; offAtZero?: boolean }): Parse<number> {
  return (text) => {
    const value = millisecondsOf(text);
    if (value === undefined)
      refuse('must be a duration: seconds, or a number with ms, s, m, h or d, as in 30m');
    if (limits.offAtZero && value === 0) return value;
    if (value < millisecondsOf(limits.min)! || value > millisecondsOf(limits.max)!) {
      refuse(`must be between ${limits.min} and ${limits.max}${limits.offAtZero ? ', or 0 for never' : ''}`);
    }
    return value;
  };
}

function millisecondsOf(text: string): number | undefined {
  const match = /^(\d{1,12})(ms|s|m|h|d)?$/.exec(text);
  return match
    ? Number(match[1]) * unitMilliseconds[(match[2] ?? 's') as keyof typeof unitMilliseconds]
    : undefined;
}

/** A whole number. */
export function integer(min: number, max: number): Parse<number> {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    return value >= min && value <= max ? value : refuse(`must be a whole number from ${min} to ${max}`);
  };
}

/** `true` or `false`. */
export function flag(text: string): boolean {
  return text === 'true' || (text !== 'false' && refuse('must be true or false'));
}

/** One of a few words. */
export function oneOf<const T extends string>(...words: readonly T[]): Parse<T> {
  return (text) => words.find((word) => word === text) ?? refuse(`must be one of ${words.join(', ')}`);
}

/** A comma-separated list without duplicates; empty for an empty text. */
export function listOf<T>(parse: Parse<T>): Parse<readonly T[]> {
  return (text) => [
    ...new Set(
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '')
        .map(parse),
    ),
  ];
}

/** Printable ASCII without spaces. */
export function word(text: string): string {
  return /^[\x21-\x7e]{1,255}$/.test(text) ? text : refuse('must be printable ASCII without spaces');
}

/** A file path. */
export function path(text: string): string {
  return text.includes('\0') ? refuse('must be a path') : text;
}

/** A cookie's name: a token of RFC 6265, 4.1.1, without the prefixes that are added on https. */
export function cookieName(text: string): string {
  if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}$/.test(text)) refuse('must be a cookie name (RFC 6265)');
  if (/^__(host|secure)-/i.test(text))
    refuse('must not begin with __Host- or __Secure-: https adds the prefix itself');
  return text;
}

/** A key of at least 32 bytes in base64url, base64 or hexadecimal, in one line or in several. */
export function masterKey(text: string): KeyObject {
  const bytes = decodeBytes(text.replace(/\s/g, ''));
  if (bytes === undefined) refuse('must be base64url, base64 or hexadecimal');
  if (bytes.length < 32) refuse(`must contain at least 32 bytes, not ${bytes.length}`);
  if (bytes.every((byte) => byte === 0) || bytes.every((byte) => byte === 0xff)) refuse(`must be ${random}`);
  return createSecretKey(bytes);
}

const random = 'random, as `openssl rand -base64 32` makes it';

/** What is wrong with a key that nobody drew at random, if anything: of 32 such bytes, 16 are different. */
export function faultOfMasterKey(key: KeyObject): string | undefined {
  return new Set(key.export()).size < 16 ? `LATCHKEY_MASTER_KEY must be ${random}.` : undefined;
}

function decodeBytes(text: string): Buffer | undefined {
  if (/^(?:[0-9a-f]{2})+$/i.test(text)) return Buffer.from(text, 'hex');
  return /^[A-Za-z0-9+/]+={0,2}$|^[A-Za-z0-9_-]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}

/** Certificates in PEM (RFC 7468), one or more. Line ends may be written as `\n`, as in files for variables. */
export function certificates(text: string): string {
  const blocks = text
    .replaceAll('\\n', '\n')
    .match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  if (blocks === null)
    refuse(
      'must be certificates in PEM, from -----BEGIN CERTIFICATE----- on; the path of a file is set by _FILE',
    );
  try {
    for (const block of blocks) new X509Certificate(block);
  } catch {
    refuse('has a certificate that cannot be read');
  }
  return blocks.join('\n');
}

/** A URL with one of the schemes. */
export function url(...schemes: string[]): Parse<string> {
  return (text) => {
    if (!URL.canParse(text) && schemes.some((scheme) => text.startsWith(`${scheme}://`))) {
      refuse(
        'cannot be read: in user and password write % as %25, / as %2F, ? as %3F, # as %23 and @ as %40',
      );
    }
    const scheme = URL.canParse(text) ? new URL(text).protocol.slice(0, -1) : '';
    return schemes.includes(scheme)
      ? text
      : refuse(`must be a URL that begins with ${schemes.join(':// or ')}://`);
  };
}

/** The server's public address: an origin and an optional path, without a trailing slash. */
export function publicUrl(text: string): string {
  const parsed = new URL(url('https', 'http')(text));
  if (parsed.username || parsed.password || text.includes('?') || text.includes('#')) {
    refuse('must be an origin and an optional path, without a user, a query or a fragment');
  }
  return parsed.origin + parsed.pathname.replace(/\/+$/, '');
}

/** An origin of a site or an application, as a browser sends it. */
export function origin(text: string): string {
  const fault = faultOfOrigin(text);
  return fault === undefined ? text : refuse(fault);
}

/** An IP address, or a network as `10.0.0.0/8`. */
export function network(text: string): string {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  const right = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
  return family && right && rest.length === 0
    ? text
    : refuse('must list IP addresses and networks, separated by commas, as in 10.0.0.0/8,192.0.2.7');
}

/** An address, or `Name <address>`. */
export function mailFrom(text: string): string {
  const right = /^(?:[^\p{C}<>]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u.test(text);
  return right ? text : refuse('must be an address, as in Latchkey <no-reply@example.com>');
}

/** The URL of a PostgreSQL database. */
export function postgresUrl(text: string): string {
  return isPostgres(text) ? text : refuse('must be postgres://<user>:<password>@<host>/<database>');
}

function isPostgres(text: string): boolean {
  return /^postgres(ql)?:\/\/./.test(text);
}

/** The URL of the database. */
export function databaseUrl(text: string): string {
  if (text === 'sqlite::memory:') refuse('must name a file: the server opens it more than once');
  if (/^sqlite:./.test(text)) return text;
  // Its parts are read where it is opened: libpq's form holds more than a URL.
  if (isPostgres(text)) return text;
  return refuse('must be sqlite:<path> or postgres://<user>:<password>@<host>/<database>');
}
