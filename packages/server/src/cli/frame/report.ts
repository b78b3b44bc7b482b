import { KeyError } from '../../adapters/crypto/key-storage.ts';
import { TemplateError } from '../../adapters/smtp/templates.ts';
import { StoreError } from '../../adapters/store/store-error.ts';
import { ConfigError } from '../../config/config.ts';
import { AppError } from '../../kernel/errors.ts';
import { UsageError } from './command.ts';
import { exitCodes } from './exit-codes.ts';

/** What a failed command prints and its exit code. */
export interface Report {
  readonly exitCode: number;
  /** The object of `{"error": …}`. */
  readonly error: { readonly code: string; readonly message: string } & Readonly<Record<string, unknown>>;
  readonly lines: readonly string[];
}

/** Sentences for errors of the system at the start of a server, by their code. */
const systemSentences: Readonly<Record<string, string>> = {
  EADDRINUSE: 'The port is in use: stop the other process, or set another PORT',
  EACCES: 'The system denies access: check the permissions, or set a PORT above 1023',
  EADDRNOTAVAIL: 'HOST is not an address of this machine',
  ENOTFOUND: 'HOST has no address',
};

/** Describes a failure for the user. Only a bug in Latchkey shows a stack trace. */
export function reportOf(error: unknown): Report {
  if (error instanceof UsageError) return plain(exitCodes.usage, 'USAGE', error.message);
  if (error instanceof ConfigError) {
    const { problems } = error;
    const message = 'The configuration is wrong.';
    return {
      exitCode: exitCodes.usage,
      error: { code: 'CONFIGURATION', message, problems },
      lines: problems.map((problem) => `CONFIGURATION: ${problem}`),
    };
  }
  if (error instanceof StoreError) return plain(exitCodes.refused, 'STORE', error.message);
  if (error instanceof KeyError) return plain(exitCodes.refused, 'KEYS', error.message);
  if (error instanceof TemplateError) return plain(exitCodes.refused, 'TEMPLATES', error.message);
  if (error instanceof AppError) return reportOfApp(error);
  const { code, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  const sentence = code === undefined ? undefined : systemSentences[code];
  if (code !== undefined && sentence !== undefined) {
    const where = port === undefined ? '' : ` (${address ?? ''}:${port})`;
    return plain(exitCodes.refused, code, `${sentence}${where}.`);
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return plain(exitCodes.refused, 'INTERNAL', `This is a bug in Latchkey.\n${text}`);
}

function reportOfApp({ code, message, details }: AppError): Report {
  const { detail, errors } = details;
  const fields = (errors ?? []).map(({ field, message: what }) => `${field} ${what}`).join('; ');
  const sentence = [message, detail, fields && `${fields}.`].filter(Boolean).join(' ');
  const exitCode =
    code === 'NOT_FOUND'
      ? exitCodes.notFound
      : code === 'UNAVAILABLE'
        ? exitCodes.unavailable
        : exitCodes.refused;
  return {
    exitCode,
    error: { code, message, ...(detail && { detail }), ...(errors && { errors }) },
    lines: [`${code}: ${sentence}`],
  };
}

function plain(exitCode: number, code: string, message: string): Report {
  return { exitCode, error: { code, message }, lines: [`${code}: ${message}`] };
}
