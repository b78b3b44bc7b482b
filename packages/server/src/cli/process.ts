import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Stdio } from './frame/command.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Runs the command that the arguments name, without node and script. Resolves to the exit code. */
export async function main(argv: readonly string[], env: Environment, stdio: Stdio): Promise<number> {
  let lost: string | undefined;
  for (const stream of [stdio.stdout, stdio.stderr]) {
    // A reader that closed the pipe has read enough, as in `latchkey accounts list | head`.
    stream.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (code !== 'EPIPE') lost ??= code ?? 'unknown';
    });
  }
  const { runCommand } = await import('./run.ts');
  const exitCode = await runCommand(argv, env, stdio);
  await Promise.all([stdio.stdout, stdio.stderr].map(flush));
  if (lost === undefined || exitCode !== 0) return exitCode;
  stdio.stderr.write(`OUTPUT: The output could not be written (${lost}).\n`);
  await flush(stdio.stderr);
  return 1;
}

/** Waits until everything is written, or lost. */
function flush(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}

/** Runs the command of this process and lets the process end. */
export async function runProcess(): Promise<void> {
  // Node's default is in the shared temporary folder, where others could place code.
  enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/latchkey', import.meta.url)));
  process.exitCode = await main(process.argv.slice(2), process.env, process);
  // A connection that a library left open must not keep a finished process.
  setTimeout(() => process.exit(), 1000).unref();
}
