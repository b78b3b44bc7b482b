import type { KeyInfo } from '../../adapters/crypto/key-view.ts';
import type { Account } from '../../identity/accounts/account.ts';
import type { Page, PageRequest } from '../../kernel/pages.ts';
import { maxTake } from '../../kernel/pages.ts';
import { isoTime } from '../../kernel/time.ts';
import type { Service } from '../../log/services/service.ts';
import type { UserSession } from '../../sessions/session.ts';
import { type Call, UsageError } from './command.ts';

/** An account as `--json` shows it. The names are those of the facade. */
export function accountSummary({ id, login, name, createTime, active }: Account) {
  return { id, login, name, create_time: isoTime(createTime), active };
}

/** An account in a sentence, so that whoever named it sees whom they hit. Safe to show. */
export function nameOf({ id, login, name }: Pick<Account, 'id' | 'login' | 'name'>): string {
  return visible(`${id}, ${login} (${name})`);
}

/** Prints the roles, one per line, and beside them whose they are. */
export function answerRoles(call: Call, account: Account, roles: readonly string[]): void {
  const { id, login, name } = account;
  if (!call.flag('json')) call.note(`The roles of ${nameOf(account)}:`);
  call.answer({ id, login, name, roles }, roles);
}

/** A session as `--json` shows it. The names are those of the facade. */
export function sessionSummary({ session, user }: UserSession) {
  return {
    id: session.id,
    user_id: session.accountId,
    user_name: user.name,
    active: session.closeTime === undefined,
    open_time: isoTime(session.openTime),
    ...(session.closeTime !== undefined && { close_time: isoTime(session.closeTime) }),
    ...(session.closeReason !== undefined && { close_reason: session.closeReason }),
    request_time: isoTime(session.requestTime),
    expire_time: isoTime(session.expireTime),
    address: session.address,
    client: session.client,
    platform: session.platform,
  };
}

/** A service as `--json` shows it. */
export function serviceSummary({ name, createTime }: Service) {
  return { name, create_time: isoTime(createTime) };
}

/** A signing key as `--json` shows it. */
export function keySummary({ kid, alg, state, createTime, activateTime, retireTime }: KeyInfo) {
  return {
    kid,
    alg,
    state,
    create_time: isoTime(createTime),
    ...(activateTime !== undefined && { activate_time: isoTime(activateTime) }),
    ...(retireTime !== undefined && { retire_time: isoTime(retireTime) }),
  };
}

/** Joins columns to a line that is safe to show. */
export function line(...parts: readonly string[]): string {
  return parts.map(visible).join('  ');
}

/** The text with question marks for control characters, which could rewrite a terminal. */
export function visible(text: string): string {
  return text.replace(/\p{Cc}/gu, '?');
}

/** A number with its noun, such as `1 session` and `2 sessions`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Reads `--limit`, by default 100. Throws a UsageError unless it is a number from 1. */
export function readLimit(call: Call): number {
  const text = call.text('limit') ?? '100';
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new UsageError('--limit must be a number from 1.');
  return Number(text);
}

/** Lists the first items of a paged list, at most `limit`. Tells the user when there may be more. */
export async function listFirst<T>(
  call: Call,
  limit: number,
  list: (page: PageRequest) => Promise<Page<T>>,
): Promise<T[]> {
  const items: T[] = [];
  while (items.length < limit) {
    const take = Math.min(maxTake, limit - items.length);
    const { data } = await list({ skip: items.length, take, total: false });
    items.push(...data);
    if (data.length < take) return items;
  }
  call.note(`Only the first ${limit} are shown. There may be more: see --limit.`);
  return items;
}
