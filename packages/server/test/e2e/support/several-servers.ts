import type { TestContext } from 'node:test';
import { type Engine, makeDatabase } from '../../support/stores.ts';
import { freePort, newFolder, type ServerProcess, startServer } from './server-process.ts';

/** Servers on one database, which are one issuer. */
export interface SeveralServers {
  readonly servers: readonly ServerProcess[];
  readonly ports: readonly string[];
  /** Of the first, for the command line. */
  readonly settings: Readonly<Record<string, string>> & { readonly PORT: string };
  readonly issuer: string;
}

/** Starts this many servers on one database; they end with the test. */
export async function startServers(t: TestContext, engine: Engine, count: number): Promise<SeveralServers> {
  const database =
    engine === 'postgres'
      ? { LATCHKEY_DATABASE_URL: (await makeDatabase(engine, (undo) => t.after(undo))).url }
      : {};
  const ports = await Promise.all(Array.from({ length: count }, () => freePort()));
  const settings = ports.map((PORT) => {
    const folder = newFolder();
    t.after(() => folder.remove());
    return {
      PORT,
      ...database,
      LATCHKEY_DATA_DIR: folder.path,
      LATCHKEY_PUBLIC_URL: `http://127.0.0.1:${ports[0]}`,
      LATCHKEY_MASTER_KEY: '00112233445566778899aabbccddeeff'.repeat(2),
    };
  });
  const servers: ServerProcess[] = [];
  for (const each of settings) servers.push(await startServer(each, { entry: 'cheap' }));
  t.after(() => Promise.all(servers.map((server) => server.end('SIGKILL'))));
  return { servers, ports, settings: settings[0]!, issuer: `http://127.0.0.1:${ports[0]}` };
}
