import { installInto } from '../scripts/install.ts';

/** Installs the peers into bench/node_modules where they are missing, or older than the lock file. */
export function installPeers(): void {
  installInto(import.meta.dirname);
}
