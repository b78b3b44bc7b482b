import { ask } from './ask.ts';
import { type Stdio, UsageError } from './command.ts';

const maxBytes = 4096;

/**
 * Reads the password from standard input, without its line end and a byte-order mark. A terminal does not show it. Throws a UsageError when
 * there is none, or when it is not UTF-8 or has more than one line.
 */
export async function readPassword(stdio: Stdio): Promise<string> {
  const { stdin } = stdio;
  const text = stdin.isTTY ? await ask(stdio, 'Password: ', { hidden: true }) : await readAll(stdin);
  const password = text.replace(/\r?\n$/, '');
  if (password === '') throw new UsageError('Standard input contains no password.');
  if (/[\r\n]/.test(password))
    throw new UsageError('Standard input must contain only the password, in one line.');
  return password;
}

async function readAll(stdin: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    chunks.push(Buffer.from(chunk));
    size += chunk.length;
    if (size > maxBytes) throw new UsageError('Standard input is too long for a password.');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new UsageError('Standard input is not UTF-8.');
  }
}
