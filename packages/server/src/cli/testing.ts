import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import type { Stdio } from './frame/command.ts';
import { main } from './process.ts';

/** The result of a command, for tests. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Makes a data folder of its own and runs commands on it, for tests. `env` adds to the environment. */
export function newInstallation(env: Readonly<Record<string, string>> = {}) {
  const dataDir = join(mkdtempSync(join(tmpdir(), 'latchkey-cli-')), 'data');
  const environment = { LATCHKEY_DATA_DIR: dataDir, ...env };
  const run = async (args: string, input = ''): Promise<Outcome> => {
    const [stdout, stderr] = [new Collector(), new Collector()];
    const stdin = new PassThrough();
    stdin.end(input);
    const stdio = { stdin, stdout, stderr } as unknown as Stdio;
    const exitCode = await main(args.split(' ').filter(Boolean), environment, stdio);
    return { exitCode, stdout: stdout.text, stderr: stderr.text };
  };
  return { dataDir, env: environment, run };
}

class Collector extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
