/** How a follower follows the log. */
export type FollowerKind = 'stream' | 'poll';

/** Names a follower. Several followers of one service share its key; each has its own id. */
export interface FollowerName {
  readonly service: string;
  readonly id: string;
}

/** What a process has heard of a follower. */
export interface Sighting extends FollowerName {
  readonly kind: FollowerKind;
  /** The last position that it says it has applied; undefined if it did not say. */
  readonly position?: number;
  /** Milliseconds for which it may decide without contact; 0 for a reader without an id, which reports nothing. */
  readonly staleness: number;
  /** Milliseconds from now for which it counts as connected, at least. */
  readonly liveFor: number;
  /** Whether this process has its stream. */
  readonly held: boolean;
}

/** A follower that went away. */
export interface Leaving extends FollowerName {
  /** Milliseconds from now for which it counts as connected, at most: 0 for one that said goodbye. */
  readonly liveFor: number;
}

/** A follower as it is known here. Ages are in milliseconds. */
export interface Follower extends FollowerName {
  readonly kind: FollowerKind;
  /** The last position that it said it has applied; 0 before it said any. */
  readonly position: number;
  /** Whether it may still decide by itself: its stream is open, or its last contact was recent enough. */
  readonly connected: boolean;
  /** The time since its last contact. */
  readonly contactAge: number;
}

/** How often followers report the sessions they have seen: every 30 s, or more often where the idle limit is short. Milliseconds. */
export function reportInterval(sessionIdle: number): number {
  return Math.max(250, Math.min(30_000, Math.floor(sessionIdle / 10)));
}

/** How long a reader is assumed to decide without contact if it does not say: the verifier's default. Milliseconds. */
export const defaultStaleness = 10_000;
/** The longest that a follower is waited for after its last contact, whatever it says. Milliseconds. */
const maxStaleness = 60_000;

/** How long a follower says it decides without contact, within bounds. Milliseconds. */
export function boundedStaleness(told: number | undefined): number {
  return Math.min(maxStaleness, told ?? defaultStaleness);
}

/** The text as a follower's id, 16 random bytes in base64url that it made itself; undefined for anything else. */
export function parseFollowerId(text: unknown): string | undefined {
  return typeof text === 'string' && /^[A-Za-z0-9_-]{22}$/.test(text) ? text : undefined;
}
