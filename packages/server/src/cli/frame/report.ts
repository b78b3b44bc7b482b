import { KeyError } from '../../adapters/crypto/key-storage.ts';
import { TemplateError } from '../../adapters/smtp/templates.ts';
import { StoreError } from '../../adapters/store/store-error.ts';
import { ConfigError } from '../../config/config.ts';
import { AppError, type ErrorCode } from '../../kernel/errors.ts';
import { type Command, UnconfirmedError, UsageError } from './command.ts';
import { exitCodes } from './exit-codes.ts';

/** What a failed command prints and its exit code. */
export interface Report {
  readonly exitCode: number;
  /** The object of `{"error": …}`. */
  readonly error: { readonly code: string; readonly message: string } & Readonly<Record<string, unknown>>;
  readonly lines: readonly string[];
}

/** Sentences for errors of the system at the start of a server, by their code. `port` is the variable that sets it. */
const systemSentences: Readonly<Record<string, (port: string) => string>> = {
  EADDRINUSE: (port) => `The port is in use: stop the other process, or set another ${port}`,
  EACCES: (port) => `The system denies access: check the permissions, or set a ${port} above 1023`,
  EADDRNOTAVAIL: () => 'HOST is not an address of this machine',
  ENOTFOUND: () => 'HOST has no address: leave it out, or set the address to listen on',
};

interface ListenError extends NodeJS.ErrnoException {
  readonly address?: string;
  readonly port?: number;
  /** The variable that sets the port, where it is not PORT. */
  readonly setting?: string;
}

/** What a command calls the things that its errors are about. */
type Words = Pick<Command, 'subject' | 'fields'>;

/** Sentences instead of those of the HTTP API, which speak of requests. */
const sentences: { readonly [Code in ErrorCode]?: string } = {
  INVALID_DATA: 'This is not allowed:',
  UNAVAILABLE: 'The database or password hashing is not available now.',
};

/**
 * Describes a failure for the user, in the words of the command that failed. Only a bug in Latchkey shows a stack trace.
 */
export function reportOf(error: unknown, words: Words = {}): Report {
  if (error instanceof UsageError) return plain(exitCodes.usage, 'USAGE', error.message);
  if (error instanceof UnconfirmedError) return plain(exitCodes.refused, 'UNCONFIRMED', error.message);
  if (error instanceof ConfigError) {
    const { problems } = error;
    const message = 'The configuration is wrong.';
    return {
      exitCode: exitCodes.usage,
      error: { code: 'CONFIGURATION', message, problems },
      lines: problems.map((problem) => `CONFIGURATION: ${problem}`),
    };
  }
  if (error instanceof StoreError) {
    const outage = error.cause instanceof AppError && error.cause.code === 'UNAVAILABLE';
    return plain(outage ? exitCodes.unavailable : exitCodes.refused, 'STORE', error.message);
  }
  if (error instanceof KeyError) return plain(exitCodes.refused, 'KEYS', error.message);
  if (error instanceof TemplateError) return plain(exitCodes.refused, 'TEMPLATES', error.message);
  if (error instanceof AppError) return reportOfApp(error, words);
  const { code, address, port, setting = 'PORT' } = error as ListenError;
  const sentence = code === undefined ? undefined : systemSentences[code];
  if (code !== undefined && sentence !== undefined) {
    const where = port === undefined ? '' : ` (${address ?? ''}:${port})`;
    return plain(exitCodes.refused, code, `${sentence(setting)}${where}.`);
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return plain(exitCodes.refused, 'INTERNAL', `This is a bug in Latchkey.\n${text}`);
}

function reportOfApp({ code, details, message: general, cause }: AppError, words: Words): Report {
  const errors = (details.errors ?? []).map((error) => ({ ...error, field: nameOf(error.field, words) }));
  const detail = details.detail ?? (code === 'UNAVAILABLE' ? causeOf(cause) : undefined);
  const missing = code === 'NOT_FOUND' && words.subject !== undefined;
  const message = missing ? `There is no such ${words.subject}.` : (sentences[code] ?? general);
  const fields = errors.map(({ field, message: what }) => `${field} ${what}`).join('; ');
  // What to do comes after what is wrong.
  const sentence = [missing && detail ? undefined : message, fields && `${fields}.`, detail];
  return {
    exitCode: exitCodeOf(code),
    error: { code, message, ...(detail && { detail }), ...(errors.length > 0 && { errors }) },
    lines: [`${code}: ${sentence.filter(Boolean).join(' ')}`],
  };
}

/** The name of a field on the command line. An item of a list, `roles.0`, has the name of the list. */
function nameOf(field: string, { fields = {} }: Words): string {
  return fields[field] ?? fields[field.split('.')[0]!] ?? field;
}

/** What the system says about an outage, which the operator has to end. */
function causeOf(cause: unknown): string | undefined {
  return cause instanceof Error && cause.message !== '' ? `${cause.message.split('\n')[0]}.` : undefined;
}

function exitCodeOf(code: ErrorCode): number {
  if (code === 'NOT_FOUND') return exitCodes.notFound;
  return code === 'UNAVAILABLE' ? exitCodes.unavailable : exitCodes.refused;
}

function plain(exitCode: number, code: string, message: string): Report {
  return { exitCode, error: { code, message }, lines: [`${code}: ${message}`] };
}
