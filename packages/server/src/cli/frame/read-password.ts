import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { type Stdio, UsageError } from './command.ts';

const maxBytes = 4096;

/**
 * The password from standard input, without the end of its line; typed at a terminal it does not show. Throws a
 * UsageError when there is none, or when it is not UTF-8 or more than one line.
 */
export async function readPassword({ stdin, stderr }: Stdio): Promise<string> {
  const text = stdin.isTTY ? await ask(stdin, stderr) : await readAll(stdin);
  const password = text.replace(/\r?\n$/, '');
  if (password === '') throw new UsageError('Standard input holds no password.');
  if (/[\r\n]/.test(password))
    throw new UsageError('Standard input must hold the password alone, in one line.');
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
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new UsageError('Standard input is not UTF-8.');
  }
}

async function ask(stdin: NodeJS.ReadableStream, stderr: NodeJS.WritableStream): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const line = createInterface({ input: stdin, output: nowhere, terminal: true });
  try {
    stderr.write('Password: ');
    return await line.question('');
  } finally {
    line.close();
    stderr.write('\n');
  }
}
