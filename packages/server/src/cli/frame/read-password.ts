import { ask } from './ask.ts';
import { type Stdio, UsageError } from './command.ts';

const maxBytes = 4096;

/**
 * Reads the password from standard input, without its line end and a byte-order mark. A terminal does not show it. Throws a UsageError when
 * there is none, or when it is not UTF-8 or has more than one line.
 */
export function readPassword(stdio: Stdio): Promise<string> {
  return readSecretLine(stdio, { question: 'Password: ', noun: 'password' });
}

/** What is read, as the user is asked for it and told of it. */
interface Wanted {
  readonly question: string;
  readonly noun: string;
}

/** Reads any secret of one line as `readPassword` does. */
export async function readSecretLine(stdio: Stdio, { question, noun }: Wanted): Promise<string> {
  const { stdin } = stdio;
  const text = stdin.isTTY ? await ask(stdio, question, { hidden: true }) : await readAll(stdin, noun);
  const secret = text.replace(/\r?\n$/, '');
  if (secret === '') throw new UsageError(`Standard input contains no ${noun}.`);
  if (/[\r\n]/.test(secret))
    throw new UsageError(`Standard input must contain only the ${noun}, in one line.`);
  return secret;
}

async function readAll(stdin: NodeJS.ReadableStream, noun: string): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    chunks.push(Buffer.from(chunk));
    size += chunk.length;
    if (size > maxBytes) throw new UsageError(`Standard input is too long for a ${noun}.`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new UsageError('Standard input is not UTF-8.');
  }
}
