import { LOAD_CORE, startScript } from '../load/pin.ts';

/**
 * Runs a script that authenticates tokens which it mints itself, with a feed of `revoked` sessions on the load's core.
 * The script says its public key when it is ready, and measures when it is told to. What it measured.
 */
export async function runBesideFeed<Measured>(
  revoked: number,
  core: Parameters<typeof startScript>[0],
  script: string,
  env: Readonly<Record<string, string>> = {},
  nodeFlags: readonly string[] = [],
): Promise<Measured> {
  const feed = startScript(LOAD_CORE, 'load/feed-process.ts', { REVOKED: String(revoked) });
  const ISSUER = `http://127.0.0.1:${await feed.message<number>()}`;
  const child = startScript(core, script, { ...env, ISSUER }, nodeFlags);
  try {
    await feed.ask(await child.message<object>());
    return await child.ask<Measured>('measure');
  } finally {
    await child.stop();
    await feed.stop();
  }
}
