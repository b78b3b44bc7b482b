import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { newFolder } from './server-process.ts';

/** A running reverse proxy. */
export interface ReverseProxy {
  close(): Promise<void>;
}

/** Runs a program in a folder of its own that holds these files, until it listens on the port. */
export async function startProxyProcess(
  program: string,
  files: Readonly<Record<string, string>>,
  port: number,
  argsFor: (folder: string) => readonly string[],
): Promise<ReverseProxy> {
  const folder = newFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder.path, name), text);
  const child = spawn(program, argsFor(folder.path), {
    cwd: folder.path,
    env: { PATH: process.env.PATH ?? '', HOME: folder.path },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const killed = () => void child.kill('SIGTERM');
  process.once('exit', killed);
  const exited = once(child, 'close');
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  while (!(await accepts(port))) {
    if (hasEnded(child)) throw new Error(`${program} did not start: ${said}`);
    await sleep(10);
  }
  return {
    async close() {
      child.kill('SIGTERM');
      await exited;
      process.off('exit', killed);
      folder.remove();
    },
  };
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}
