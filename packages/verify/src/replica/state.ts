import { decodeId } from '../text/base64url.ts';
import type { LogEntry } from './entry.ts';
import { type Clocks, lifetimeOf } from './lifetime.ts';
import { type Action, Marks } from './marks.ts';
import { SessionTable } from './session-table.ts';

/** The parts of a token that the revocation log can concern. */
export interface TokenSubject {
  readonly sid: string;
  readonly userId: number;
  readonly rev: number;
  readonly kid: string;
  /** The sites on which the token has a role. */
  readonly sites: readonly string[];
}

/** What the log says of a token; `by` is the kind of entry that decided. */
export interface Verdict {
  readonly action: Action;
  readonly by: 'session' | 'user' | 'site' | 'key' | 'all';
}

/** Filled and read in one go, so one buffer serves all. */
const scratch = new Uint32Array(4);
const sweepShare = 128;
const sweepLeast = 1024;

/** Everything that the entries of the log add up to. */
export class ReplicaState {
  readonly #ended: SessionTable;
  readonly #sessions = new Marks<string>();
  readonly #users = new Marks<number>();
  readonly #sites = new Marks<string>();
  readonly #keys = new Marks<string>();
  readonly #all = new Marks<true>();

  constructor(expected = 0) {
    this.#ended = new SessionTable(expected);
  }

  get size(): number {
    const marks = [this.#sessions, this.#users, this.#sites, this.#keys, this.#all];
    return marks.reduce((sum, each) => sum + each.size, this.#ended.size);
  }

  get bytes(): number {
    return this.#ended.bytes;
  }

  apply(entry: LogEntry, monotonic: number): void {
    const { subject, action, seq } = entry;
    const lifetime = lifetimeOf(entry, monotonic);
    if ('session' in subject) {
      if (action === 'reject') this.#ended.add(decodeId(subject.session, scratch), lifetime);
      else this.#sessions.set(subject.session, action, seq, lifetime);
    } else if ('user' in subject) this.#users.set(subject.user, action, seq, lifetime);
    else if ('site' in subject) this.#sites.set(subject.site, action, seq, lifetime);
    else if ('key' in subject) {
      // A leaked key can sign any `rev`: no position makes its tokens good.
      this.#keys.set(subject.key, action, action === 'reject' ? Infinity : seq, lifetime);
    } else this.#all.set(true, action, seq, lifetime);
  }

  /** The most severe thing that the log says of a token. */
  check({ sid, userId, rev, kid, sites }: TokenSubject): Verdict | undefined {
    if (this.hasEnded(sid)) return { action: 'reject', by: 'session' };
    let verdict: Verdict | undefined;
    const note = (action: Action | undefined, by: Verdict['by']) => {
      if (action !== undefined && verdict?.action !== 'reject') verdict = { action, by };
    };
    if (this.#keys.size > 0) note(this.#keys.find(kid, rev), 'key');
    if (this.#users.size > 0) note(this.#users.find(userId, rev), 'user');
    if (this.#all.size > 0) note(this.#all.find(true, rev), 'all');
    if (this.#sites.size > 0) for (const site of sites) note(this.#sites.find(site, rev), 'site');
    if (this.#sessions.size > 0) note(this.#sessions.find(sid, rev), 'session');
    return verdict;
  }

  hasEnded(sessionId: string): boolean {
    return this.#ended.has(decodeId(sessionId, scratch));
  }

  /** Forgets some expired entries: a small, bounded share in every call. */
  sweep(clocks: Clocks): void {
    this.#ended.sweep(Math.max(sweepLeast, this.#ended.bytes / 24 / sweepShare), clocks);
    for (const marks of [this.#sessions, this.#users, this.#sites, this.#keys, this.#all]) {
      marks.sweep(Math.max(sweepLeast, marks.size / sweepShare), clocks);
    }
  }
}
