import { PassThrough, Writable } from 'node:stream';
import type { Stdio } from '../../src/cli/frame/command.ts';
import { main } from '../../src/cli/process.ts';
import type { World } from '../support/world.ts';

/** What an import answers with `--json`. */
export interface ImportAnswer {
  readonly lines: number;
  readonly made: number;
  readonly refused: number;
  readonly left_out?: number;
  readonly notes: Readonly<Record<string, number>>;
}

/** Runs an import on the database of the service, while that runs. */
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
  const counts = (texts.stdout === '' ? {} : JSON.parse(texts.stdout)) as ImportAnswer;
  return { exitCode, counts, stderr: texts.stderr };
}
