import { PassThrough, Writable } from 'node:stream';
import type { Stdio } from '../../src/cli/frame/command.ts';
import { main } from '../../src/cli/process.ts';
import type { World } from '../support/world.ts';

/** Runs a verb of the command line on the database of the service, while that runs. */
export async function runVerb(w: World, args: readonly string[]) {
  const { dataDir, databaseUrl } = w.app.config;
  const texts = { stdout: '', stderr: '' };
  const collect = (name: keyof typeof texts) =>
    new Writable({
      write(chunk, _encoding, done) {
        texts[name] += String(chunk);
        done();
      },
    });
  const stdio = { stdin: new PassThrough().end(), stdout: collect('stdout'), stderr: collect('stderr') };
  const env = { LATCHKEY_DATA_DIR: dataDir, LATCHKEY_DATABASE_URL: databaseUrl };
  const exitCode = await main([...args], env, stdio as unknown as Stdio);
  return { exitCode, ...texts };
}
