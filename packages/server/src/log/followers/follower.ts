/** How a follower follows the log. */
export type FollowerKind = 'stream' | 'poll';

/** Which follower: several of one service have the same key, and each an id of its own. */
export interface FollowerName {
  readonly service: string;
  readonly id: string;
}

/** What was heard of a follower. */
export interface Sighting extends FollowerName {
  readonly kind: FollowerKind;
  /** The last position that it says to have applied; undefined where it said nothing of that. */
  readonly position?: number;
  /** Milliseconds for which it decides by itself without contact; 0 for a reader without an id, which reports nothing. */
  readonly staleness: number;
  /** Milliseconds from now for which it counts at least. */
  readonly liveFor: number;
  /** Whether this process has its stream. */
  readonly held: boolean;
}

/** What was heard of a follower that went away. */
export interface Leaving extends FollowerName {
  /** Milliseconds from now for which it counts at most: 0 for one that said that it decides nothing any more. */
  readonly liveFor: number;
}

/** A follower as it is known. Ages are in milliseconds. */
export interface Follower extends FollowerName {
  readonly kind: FollowerKind;
  /** The last position that it said to have applied; 0 before the first time. */
  readonly position: number;
  /** Whether it may still decide by itself: its stream is open, or its last contact is recent enough. */
  readonly connected: boolean;
  /** Since its last contact. */
  readonly contactAge: number;
}

/** How often followers report which sessions they have seen, at most, in milliseconds; more often where the idle limit is short. */
export function reportInterval(sessionIdle: number): number {
  return Math.max(250, Math.min(30_000, Math.floor(sessionIdle / 10)));
}

/** Milliseconds for which a reader that does not say is taken to decide by itself: the library's default. */
export const defaultStaleness = 10_000;
/** Nobody is waited for longer than this after the last contact, whatever it says. */
const maxStaleness = 60_000;

/** A follower's own word on how long it decides without contact, within bounds. */
export function boundedStaleness(told: number | undefined): number {
  return Math.min(maxStaleness, told ?? defaultStaleness);
}

/** The text as a follower's id, which it makes itself: 16 random bytes in base64url; undefined for anything else. */
export function parseFollowerId(text: unknown): string | undefined {
  return typeof text === 'string' && /^[A-Za-z0-9_-]{22}$/.test(text) ? text : undefined;
}
