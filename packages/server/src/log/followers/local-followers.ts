import type { Follower, FollowerKind, FollowerName } from './follower.ts';

/** A follower that this process has heard of. */
export interface LocalFollower extends FollowerName {
  readonly kind: FollowerKind;
  /** Milliseconds; 0 for a reader without an id, which reports nothing. */
  staleness: number;
  position: number;
  /** Of a poller, the position that was told to other processes because somebody waited for it. */
  told: number;
  /** Monotonic milliseconds. */
  heardAt: number;
  /** The streams that it has open here: while it comes back there may be two. */
  streams: number;
  /** It said goodbye. */
  gone: boolean;
}

/** A follower that could report and has not for so long is frozen, or its machine is gone. It says something every 30 s. */
export const maxSilence = 100_000;
/** So many are remembered at most when they have no stream. */
const most = 10_000;

/** What one process has heard of followers itself. */
export class LocalFollowers {
  readonly #all = new Map<string, LocalFollower>();

  get size(): number {
    return this.#all.size;
  }

  get hasStreams(): boolean {
    return [...this.#all.values()].some(({ streams }) => streams > 0);
  }

  find(name: FollowerName): LocalFollower | undefined {
    return this.#all.get(keyOf(name));
  }

  /** Notes that something was heard just now; positions only grow. */
  hear(
    name: FollowerName & { readonly kind: FollowerKind; readonly staleness: number },
    position: number | undefined,
  ): LocalFollower {
    let local = this.find(name);
    if (local === undefined) {
      if (this.#all.size >= most) this.forget(0);
      local = { ...name, position: 0, told: 0, heardAt: 0, streams: 0, gone: false };
      this.#all.set(keyOf(name), local);
    }
    local.staleness = name.staleness;
    local.heardAt = performance.now();
    if (position !== undefined) local.position = Math.max(local.position, position);
    return local;
  }

  delete(name: FollowerName): void {
    this.#all.delete(keyOf(name));
  }

  removeService(service: string): void {
    for (const [key, local] of this.#all) if (local.service === service) this.#all.delete(key);
  }

  /** Forgets those without a stream that were not heard of for so long, in milliseconds, and count no longer. */
  forget(age: number): void {
    for (const [key, local] of this.#all) {
      if (local.streams === 0 && ageOf(local) > Math.max(age, local.staleness)) this.#all.delete(key);
    }
  }

  /** Positions of a log that was replaced say nothing. */
  resetPositions(): void {
    for (const local of this.#all.values()) {
      local.position = 0;
      local.told = 0;
    }
  }

  /** Whether one that reports was heard of within so many milliseconds. */
  anySince(age: number): boolean {
    return [...this.#all.values()].some((local) => local.staleness > 0 && ageOf(local) < age);
  }

  /** How many count, and by how many entries the last of them is behind. */
  figures(head: number): { readonly connected: number; readonly lag: number } {
    const counting = [...this.#all.values()].filter(counts);
    const behind = counting.filter(({ staleness }) => staleness > 0).map(({ position }) => head - position);
    return { connected: counting.length, lag: Math.max(0, ...behind) };
  }

  /** What the database tells, with what is known better here. */
  merged(rows: readonly Follower[]): Follower[] {
    const all = new Map(rows.map((row) => [keyOf(row), row]));
    for (const [key, local] of this.#all) {
      const row = all.get(key);
      const { service, id, kind, position, gone } = local;
      const connected = counts(local);
      if (row === undefined) {
        // Its row is still being written, or cannot be.
        if (connected) all.set(key, { service, id, kind, position, connected, contactAge: ageOf(local) });
      } else if (gone) all.set(key, { ...row, connected: false });
      else {
        // A poller may have gone back, and may ask another process by now: what was heard last counts.
        const last = ageOf(local) <= row.contactAge ? position : row.position;
        const applied = kind === 'poll' ? last : Math.max(row.position, position);
        all.set(key, { ...row, position: applied, connected: row.connected || connected });
      }
    }
    return [...all.values()];
  }
}

/** Milliseconds since it was heard of. */
export function ageOf({ heardAt }: LocalFollower): number {
  return performance.now() - heardAt;
}

/** Whether it may decide something by itself now. */
function counts(local: LocalFollower): boolean {
  if (local.gone) return false;
  if (local.streams > 0) return local.staleness === 0 || ageOf(local) < maxSilence;
  return ageOf(local) < local.staleness;
}

function keyOf({ service, id }: FollowerName): string {
  return `${service} ${id}`;
}
