import type { Follower, Leaving, Sighting } from './follower.ts';

export interface FollowerReader {
  /** All followers of registered services, connected or not, by service and id. */
  list(): Promise<Follower[]>;
  /** Whether a time is stored that lies ahead: `moveBack` is due. */
  isAnyAhead(longest: number): Promise<boolean>;
}

/** Times are by the database's clock, because the clocks of several servers may differ. */
export interface FollowerStore extends FollowerReader {
  /**
   * Stores what the server process `instance` has heard, each follower once. The position of a stream never goes back;
   * a poller's goes back when it says so.
   */
  save(instance: string, sightings: readonly Sighting[]): Promise<void>;
  /** Shortens how long these count as connected. With an instance, only those whose stream it had last. */
  end(leavings: readonly Leaving[], instance?: string): Promise<void>;
  /**
   * Lets the streams of the process count as connected for `liveFor` milliseconds more than their staleness, except
   * those that report (staleness is not 0) and have been silent for `silence` milliseconds.
   */
  renew(instance: string, liveFor: number, silence: number): Promise<void>;
  /**
   * For a clock that was ahead: lets none count as connected for more than its staleness and `longest` milliseconds from
   * now, or as heard of in the future.
   */
  moveBack(longest: number): Promise<void>;
  /** Deletes those that stopped counting `goneFor` milliseconds ago, except the last of each service. Returns how many. */
  prune(goneFor: number): Promise<number>;
}
