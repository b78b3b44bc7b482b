import type { Follower, Leaving, Sighting } from './follower.ts';

export interface FollowerReader {
  /** All followers of registered services, connected or not, by service and id. */
  list(): Promise<Follower[]>;
}

/** Times are by the database's clock, because several servers that share it may have different ones. */
export interface FollowerStore extends FollowerReader {
  /**
   * Stores what the server process `instance` has heard, each follower once. The position of a stream never goes back;
   * a poller's does, when it says so.
   */
  save(instance: string, sightings: readonly Sighting[]): Promise<void>;
  /** Shortens how long those count; where an instance is given, only of those whose stream it had last. */
  end(leavings: readonly Leaving[], instance?: string): Promise<void>;
  /**
   * Lets the streams of the process count for so many milliseconds more than their staleness, except those that could
   * report (whose staleness is not 0) and have not for `silence`.
   */
  renew(instance: string, liveFor: number, silence: number): Promise<void>;
  /** Forgets those that no longer count since so many milliseconds, but for the last one of each service. How many. */
  prune(goneFor: number): Promise<number>;
}
