import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Stdio } from './command.ts';

/**
 * Asks at the terminal, on standard error, and resolves to the line that is typed. It is empty when the person ends the
 * input or interrupts it instead. A hidden answer is not shown.
 */
export function ask(
  { stdin, stderr }: Stdio,
  question: string,
  { hidden = false }: { readonly hidden?: boolean } = {},
): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: hidden ? nowhere : stderr, terminal: true });
  if (hidden) stderr.write(question);
  return new Promise((resolve) => {
    lines.once('close', () => {
      stderr.write('\n');
      resolve('');
    });
    lines.question(hidden ? '' : question, (answer) => {
      lines.removeAllListeners('close');
      lines.close();
      if (hidden) stderr.write('\n');
      resolve(answer);
    });
  });
}
