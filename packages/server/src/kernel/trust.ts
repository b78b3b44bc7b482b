import { isLoopback } from './loopback.ts';

/** Options of `tls.connect`: whose certificates are good. */
export interface Trust {
  readonly ca?: string;
  readonly rejectUnauthorized?: false;
}

/**
 * Whose certificates are good for a host: those of the authorities in `ca` (PEM), otherwise those that Node knows. On this
 * machine any will do without `ca`: nobody is in between, and local relays have certificates that nobody vouches for.
 */
export function trustFor(host: string, ca: string | undefined): Trust {
  if (ca !== undefined) return { ca };
  return isLoopback(host) ? { rejectUnauthorized: false } : {};
}
