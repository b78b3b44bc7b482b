import { AppError } from '../../kernel/errors.ts';
import type { Follower, FollowerKind, FollowerName } from './follower.ts';

/** A follower that this process has heard of. */
export interface LocalFollower extends FollowerName {
  readonly kind: FollowerKind;
  /** Milliseconds; 0 for a reader without an id, which reports nothing. */
  staleness: number;
  position: number;
  /** For a poller: the awaited position that other processes were last told at once. */
  told: number;
  /** Monotonic milliseconds. */
  heardAt: number;
  /** How many streams it has open here. While it reconnects there may be two. */
  streams: number;
  /** Whether it said goodbye. */
  gone: boolean;
}

/** Followers report every 30 s. One that is silent for longer than this is frozen, or its machine is gone. Milliseconds. */
export const maxSilence = 100_000;
/** The most followers that are remembered, and the most of one service, whose key may have leaked. */
export const mostFollowers = { all: 10_000, ofService: 5_000 };
/** Where there are so many, those that do not count any more are forgotten after this time. Milliseconds. */
const brief = 10_000;

/** The followers that this process has heard of itself. */
export class LocalFollowers {
  readonly #all = new Map<string, LocalFollower>();
  #forgotAt = Number.NEGATIVE_INFINITY;

  get size(): number {
    return this.#all.size;
  }

  get hasStreams(): boolean {
    return [...this.#all.values()].some(({ streams }) => streams > 0);
  }

  find(name: FollowerName): LocalFollower | undefined {
    return this.#all.get(keyOf(name));
  }

  /**
   * Notes that a follower was heard of now. Its position only grows. Throws TOO_MANY_REQUESTS for another one than are
   * remembered.
   */
  hear(
    name: FollowerName & { readonly kind: FollowerKind; readonly staleness: number },
    position: number | undefined,
  ): LocalFollower {
    let local = this.find(name);
    if (local === undefined) {
      this.#requireRoom(name.service);
      local = { ...name, position: 0, told: 0, heardAt: 0, streams: 0, gone: false };
      this.#all.set(keyOf(name), local);
    }
    local.staleness = name.staleness;
    local.heardAt = performance.now();
    if (position !== undefined) local.position = Math.max(local.position, position);
    return local;
  }

  #requireRoom(service: string): void {
    const { all, ofService } = mostFollowers;
    const isFull = () =>
      this.#all.size >= all || (this.#all.size >= ofService && this.#countOf(service) >= ofService);
    if (!isFull()) return;
    const now = performance.now();
    if (now - this.#forgotAt > 1000) {
      this.#forgotAt = now;
      this.forget(brief);
      if (!isFull()) return;
    }
    throw new AppError('TOO_MANY_REQUESTS', { detail: 'There are too many verifiers.', retryAfter: 10 });
  }

  #countOf(service: string): number {
    let count = 0;
    for (const local of this.#all.values()) if (local.service === service) count += 1;
    return count;
  }

  delete(name: FollowerName): void {
    this.#all.delete(keyOf(name));
  }

  removeService(service: string): void {
    for (const [key, local] of this.#all) if (local.service === service) this.#all.delete(key);
  }

  /** Forgets followers without a stream that no longer count, and were last heard of before `age` milliseconds. */
  forget(age: number): void {
    for (const [key, local] of this.#all) {
      if (local.streams === 0 && ageOf(local) > Math.max(age, local.staleness)) this.#all.delete(key);
    }
  }

  /** Forgets all positions, because the log was replaced. */
  resetPositions(): void {
    for (const local of this.#all.values()) {
      local.position = 0;
      local.told = 0;
    }
  }

  /** Whether a follower that reports was heard of within the last `age` milliseconds. */
  hasHeardWithin(age: number): boolean {
    return [...this.#all.values()].some((local) => local.staleness > 0 && ageOf(local) < age);
  }

  /** How many may decide by themselves, and by how many entries the slowest of them is behind. */
  figures(head: number): { readonly connected: number; readonly lag: number } {
    const counting = [...this.#all.values()].filter(mayDecide);
    const behind = counting.filter(({ staleness }) => staleness > 0).map(({ position }) => head - position);
    return { connected: counting.length, lag: Math.max(0, ...behind) };
  }

  /** The followers in the database, corrected by what is known better here. */
  mergeWith(rows: readonly Follower[]): Follower[] {
    const all = new Map(rows.map((row) => [keyOf(row), row]));
    for (const [key, local] of this.#all) {
      const row = all.get(key);
      const { service, id, kind, position, gone } = local;
      const connected = mayDecide(local);
      if (row === undefined) {
        // Its row is not stored yet, or cannot be.
        if (connected) all.set(key, { service, id, kind, position, connected, contactAge: ageOf(local) });
      } else if (gone) all.set(key, { ...row, connected: false });
      else {
        // A poller may have gone back, and may poll another process by now: the last contact counts.
        const last = ageOf(local) <= row.contactAge ? position : row.position;
        const applied = kind === 'poll' ? last : Math.max(row.position, position);
        all.set(key, { ...row, position: applied, connected: row.connected || connected });
      }
    }
    return [...all.values()];
  }
}

/** Milliseconds since it was last heard of. */
export function ageOf({ heardAt }: LocalFollower): number {
  return performance.now() - heardAt;
}

/** Whether it may decide by itself now. */
function mayDecide(local: LocalFollower): boolean {
  if (local.gone) return false;
  if (local.streams > 0) return local.staleness === 0 || ageOf(local) < maxSilence;
  return ageOf(local) < local.staleness;
}

function keyOf({ service, id }: FollowerName): string {
  return `${service} ${id}`;
}
