import { loginKeyOf } from '../../identity/accounts/account.ts';
import { adminRole, checkRoles, fitInToken } from '../../identity/roles/role.ts';
import { checkEmail } from '../../kernel/email-address.ts';
import { AppError } from '../../kernel/errors.ts';
import { given } from '../../kernel/given.ts';
import { maxJsonBytes } from '../../kernel/json-size.ts';
import type { ForeignHash } from '../../kernel/ports.ts';
import type { AccountLine, LeftOut, Note } from '../account-line.ts';
import { noteOf } from '../notes.ts';
import type { ForeignAccount } from './system.ts';

/** The account of another system as one of ours: what does not fit loses a field, with a note, and not the account.
 * Throws INVALID_DATA for a record that is not of the system. */
export function toAccountLine(system: string, foreign: ForeignAccount, now: number): AccountLine | LeftOut {
  const notes: Note[] = [];
  const tell = (...told: Parameters<typeof noteOf>) => void notes.push(noteOf(...told));
  const header: Record<string, string> =
    foreign.id === undefined ? {} : { [`${system.replace('-', '_')}_id`]: foreign.id };

  const email = takeAddress(foreign);
  if (foreign.email !== undefined && email === undefined) {
    header.email = foreign.email.slice(0, 256);
    tell('address_left');
  }
  const login = takeLogin(foreign, email);
  if (login === undefined && foreign.id === undefined) {
    throw new AppError('INVALID_DATA', {
      detail: `The record names nobody: it has no login, address or id as ${system} writes them.`,
    });
  }
  if (login === undefined)
    return { leftOut: noteOf('left_out', 'without a name or address to sign in with') };
  if (foreign.username !== undefined && login !== foreign.username) {
    header.username = foreign.username.slice(0, 256);
    tell('login_changed');
  }
  const data = takeData(foreign, tell);
  for (const provider of new Set(foreign.providers)) tell('elsewhere', provider);
  for (const kind of foreign.lost ?? []) if (kind) tell(kind);
  const isPast = foreign.createTime !== undefined && foreign.createTime <= now;

  return given({
    login,
    email,
    name: foreign.names?.map(cleanName).find((name) => name !== ''),
    // What was verified there is the address, and not a name that looks like one.
    verified: email === undefined ? undefined : foreign.email !== undefined && foreign.verified === true,
    active: foreign.active ?? true,
    createTime: isPast ? foreign.createTime : undefined,
    language: fits(
      foreign.language?.replace('_', '-').replace(/\..*/, ''),
      /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/,
    ),
    timeZone: fits(foreign.timeZone, /^[A-Za-z0-9_+/-]{1,64}$/),
    roles: takeRoles(foreign.roles ?? [], tell),
    customHdr: header,
    customDat: data,
    hash: hashOf(foreign.hash),
    notes,
  });
}

type Teller = (...told: Parameters<typeof noteOf>) => void;

function takeAddress({ email, username }: ForeignAccount): string | undefined {
  return addressOf(email) ?? (email === undefined ? addressOf(username) : undefined);
}

function addressOf(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : checkEmail(text);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

/** A name that cannot be a login here, such as one with spaces or only of digits, gives way to the address. */
function takeLogin({ username, email: written, phone }: ForeignAccount, email: string | undefined) {
  const usable = [username, email, written, phone].find(
    (it) => it !== undefined && loginKeyOf(it) !== undefined,
  );
  return usable ?? username;
}

function takeData({ data = {}, phone }: ForeignAccount, tell: Teller): Record<string, unknown> {
  const all = { ...data, ...(phone !== undefined && { phone }) };
  if (phone !== undefined) tell('phone');
  if (Buffer.byteLength(JSON.stringify(all)) <= maxJsonBytes) return all;
  tell('data_left');
  return phone === undefined ? {} : { phone };
}

/** Roles here are not what they are there: whoever is `admin` governs all accounts, and a colon names a site. */
function takeRoles(roles: readonly string[], tell: Teller): string[] {
  const taken: string[] = [];
  for (const role of new Set(roles)) {
    if (role.toLowerCase() === adminRole || !isGlobalRole(role) || !fitInToken([...taken, role]))
      tell('roles_left', role);
    else taken.push(role);
  }
  return taken;
}

function isGlobalRole(role: string): boolean {
  if (role.includes(':')) return false;
  try {
    return checkRoles([role]).length === 1;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

/** What says nothing is said to be no password, so that it is counted. */
function hashOf(hash: ForeignAccount['hash']): ForeignHash | readonly ForeignHash[] {
  if (Array.isArray(hash)) return hash.length > 0 ? hash.map((it) => ({ hash: it })) : { hash: '' };
  return typeof hash === 'object' ? (hash as ForeignHash) : { hash: hash ?? '' };
}

/** A name without what names may not have here. */
function cleanName(name: string | undefined): string {
  const spaced = (name ?? '').toWellFormed().replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ');
  return spaced
    .normalize('NFC')
    .trim()
    .slice(0, 128)
    .replace(/\p{Cs}/gu, '')
    .trim();
}

function fits(text: string | undefined, pattern: RegExp): string | undefined {
  return text !== undefined && pattern.test(text) ? text : undefined;
}
