import type { OpenStore } from '../adapters/store/open-store.ts';
import type { BaseContext } from '../kernel/context.ts';
import type { Lifetime } from '../kernel/lifetime.ts';
import { FollowerRegistry } from '../log/followers/follower-registry.ts';
import { LogHub } from '../log/log-hub.ts';
import type { RevocableKeys } from '../log/revoke-key.ts';
import { watchRevokedKeys } from '../log/watch-revoked-keys.ts';
import { noticeRestore } from '../sessions/notice-restore.ts';

/** How a server reads the log on, and who follows it over HTTP. */
export interface FollowedLog {
  readonly hub: LogHub;
  readonly followers: FollowerRegistry;
}

/** Reads the log on from its present end, and removes the signing keys that it says are revoked. */
export async function followLog(
  base: BaseContext,
  { store, keys }: { readonly store: OpenStore; readonly keys: RevocableKeys },
  life: Lifetime,
): Promise<FollowedLog> {
  const hub = life.add(
    'the log',
    new LogHub(base, {
      onAppend: (listener) => store.onAppend(listener),
      repair: async (known) => void (await noticeRestore(base, known)),
    }),
  );
  await hub.start();
  const revokedKeys = life.add('the revoked keys', watchRevokedKeys(base, keys));
  hub.follow(revokedKeys);
  await revokedKeys.start();
  const followers = life.add('the followers', new FollowerRegistry(base, hub));
  await followers.start();
  hub.follow({
    replaced: () => {
      followers.reset();
      void revokedKeys.start();
    },
  });
  return { hub, followers };
}
