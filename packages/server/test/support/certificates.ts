import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate and its key, in PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** An authority of a test's own, which nobody else knows. */
export interface Authority {
  readonly cert: string;
  /** A certificate for a name or an address (`DNS:localhost`), which ends after these days; a negative number has expired. */
  issue(name: string, days?: number): Certificate;
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=test'];

/** Makes an authority with the program openssl. */
export function makeAuthority(): Authority {
  return inFolder((at) => {
    openssl(['req', '-x509', ...newKey, '-days', '2', '-keyout', at('key'), '-out', at('cert')]);
    const [cert, key] = [read(at('cert')), read(at('key'))];
    return { cert, issue: (name, days = 2) => issue({ cert, key }, name, days) };
  });
}

/** A certificate that is signed by itself, as Debian makes one for its mail servers. */
export function makeSelfSigned(name: string): Certificate {
  return inFolder((at) => {
    const alternative = ['-addext', `subjectAltName=${name}`];
    openssl([
      'req',
      '-x509',
      ...newKey,
      ...alternative,
      '-days',
      '2',
      '-keyout',
      at('key'),
      '-out',
      at('cert'),
    ]);
    return { cert: read(at('cert')), key: read(at('key')) };
  });
}

function issue(authority: Certificate, name: string, days: number): Certificate {
  return inFolder((at) => {
    writeFileSync(at('ca'), authority.cert);
    writeFileSync(at('ca-key'), authority.key);
    writeFileSync(at('names'), `subjectAltName=${name}`);
    openssl(['req', ...newKey, '-keyout', at('key'), '-out', at('request')]);
    const by = ['-CA', at('ca'), '-CAkey', at('ca-key'), '-set_serial', '1', '-extfile', at('names')];
    openssl(['x509', '-req', '-in', at('request'), ...by, '-days', String(days), '-out', at('cert')]);
    return { cert: read(at('cert')), key: read(at('key')) };
  });
}

function inFolder<T>(work: (at: (file: string) => string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-certificates-'));
  try {
    return work((file) => join(folder, file));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function openssl(args: readonly string[]): void {
  execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

function read(file: string): string {
  return readFileSync(file, 'utf8');
}
