import { readFileSync } from 'node:fs';
import { getCACertificates, type ConnectionOptions as TlsOptions } from 'node:tls';
import { StoreError } from '../store-error.ts';

const modes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;
type Mode = (typeof modes)[number];

/** How a connection is encrypted. */
export interface TlsParameters {
  /** What to try, one after the other, until the server agrees: TLS with these options, or false for none. */
  readonly attempts: readonly (TlsOptions | false)[];
  /** Begins with TLS at once instead of asking for it (PostgreSQL 17). */
  readonly direct: boolean;
  /** Whether the password is bound to the server's certificate: always, where the server can, or never. */
  readonly channelBinding: 'require' | 'prefer' | 'disable';
}

/** Parameters that are about TLS: any other one that demands a protection is refused, lest it be left out. */
const known = new Set([
  ...['ssl', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'sslpassword', 'sslnegotiation', 'sslaccept'],
  ...['sslsni', 'sslcompression', 'sslcertmode', 'gssencmode'],
]);
const demanding = /ssl|tls|encrypt|gssenc|require_?(?:auth|peer)/i;

/**
 * Reads the parameters of a URL that are about TLS, as libpq means them: `require` encrypts and checks no certificate
 * unless `sslrootcert` names one. Without any there is no TLS. Throws StoreError for what cannot be kept.
 */
export function checkTlsParameters(parameters: ReadonlyMap<string, string>): TlsParameters {
  for (const name of parameters.keys()) {
    if (demanding.test(name) && !known.has(name)) refuse(`${name} is not known here`);
  }
  for (const name of ['sslcertmode', 'gssencmode']) {
    if (parameters.get(name) === 'require') refuse(`${name}=require cannot be kept`);
  }
  if (!['', 'postgres', 'direct'].includes(parameters.get('sslnegotiation') ?? ''))
    refuse('sslnegotiation must be postgres or direct');
  const mode = modeOf(parameters);
  const direct = parameters.get('sslnegotiation') === 'direct';
  const channelBinding = parameters.get('channel_binding') ?? 'disable';
  if (channelBinding !== 'require' && channelBinding !== 'prefer' && channelBinding !== 'disable')
    refuse('channel_binding must be require, prefer or disable');
  if (channelBinding === 'require' && ['disable', 'allow', 'prefer'].includes(mode))
    refuse('channel_binding=require needs sslmode=require, or a stricter one');
  if (direct && ['disable', 'allow', 'prefer'].includes(mode))
    refuse('sslnegotiation=direct needs sslmode=require, or a stricter one');
  return { attempts: attemptsFor(mode, parameters), direct, channelBinding };
}

/** What the URL says goes before PGSSLMODE. */
function modeOf(parameters: ReadonlyMap<string, string>): Mode {
  const text = parameters.get('sslmode');
  const mode = text ? toMode('sslmode', text) : modeBySsl(parameters.get('ssl'));
  const isStrict = parameters.get('sslaccept') === 'strict';
  if (mode === 'require' && isStrict) return 'verify-full';
  if (mode) return mode;
  const wanted = ['sslrootcert', 'sslcert', 'sslkey'].some((name) => parameters.has(name)) || isStrict;
  if (wanted || parameters.get('sslnegotiation') === 'direct') return 'verify-full';
  return toMode('sslmode', process.env.PGSSLMODE || 'disable');
}

/** `ssl` is a flag for some clients, and `sslmode` for others; as a flag it wants a certificate that is good. */
function modeBySsl(ssl = ''): Mode | undefined {
  if (ssl === '') return undefined;
  if (ssl === 'true' || ssl === '1') return 'verify-full';
  return ssl === 'false' || ssl === '0' ? 'disable' : toMode('ssl', ssl);
}

function toMode(name: string, text: string): Mode {
  if (text === 'no-verify') return 'require';
  return modes.find((mode) => mode === text) ?? refuse(`${name} must be one of ${modes.join(', ')}`);
}

function attemptsFor(mode: Mode, parameters: ReadonlyMap<string, string>): (TlsOptions | false)[] {
  if (mode === 'disable') return [false];
  const root = parameters.get('sslrootcert');
  const own = {
    ...(parameters.has('sslcert') && { cert: read('sslcert', parameters) }),
    ...(parameters.has('sslkey') && { key: read('sslkey', parameters) }),
    ...(parameters.has('sslpassword') && { passphrase: parameters.get('sslpassword')! }),
  };
  const unchecked = { ...own, rejectUnauthorized: false };
  if (mode === 'allow') return [false, unchecked];
  if (mode === 'prefer') return [unchecked, false];
  if (mode === 'require' && root === undefined) return [unchecked];
  const checked = { ...own, ...(root !== undefined && { ca: rootsOf(root, parameters) }) };
  // An authority that everybody may get a certificate from proves nothing without the name.
  if (mode === 'verify-full' || root === undefined || root === 'system') return [checked];
  return [{ ...checked, checkServerIdentity: () => undefined }];
}

function rootsOf(root: string, parameters: ReadonlyMap<string, string>): string | string[] {
  if (root !== 'system') return read('sslrootcert', parameters);
  return [...getCACertificates('default'), ...getCACertificates('system')];
}

function read(name: string, parameters: ReadonlyMap<string, string>): string {
  try {
    return readFileSync(parameters.get(name)!, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return refuse(`${name} names a file that cannot be read (${code})`);
  }
}

function refuse(what: string): never {
  throw new StoreError(`In the URL of the database, ${what}.`);
}
