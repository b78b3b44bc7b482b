import type { FastifyReply } from 'fastify';

/** How the session cookie is set. */
export interface CookieOptions {
  readonly enabled: boolean;
  /** Without the `__Host-` prefix. */
  readonly name: string;
  readonly sameSite: 'lax' | 'strict';
  /** Milliseconds. */
  readonly maxAge: number;
  /** Whether the public URL is https. */
  readonly secure: boolean;
}

/** Sets and clears the session cookie (RFC 6265bis): HttpOnly, and on https Secure and `__Host-`. */
export interface SessionCookie {
  readonly name: string;
  /** That name, as the reader of credentials takes it. */
  readonly names: readonly string[];
  set(credential: string): string;
  readonly clear: string;
}

/** The session cookie by its settings; undefined if cookies are off. */
export function createSessionCookie(options: CookieOptions): SessionCookie | undefined {
  if (!options.enabled) return undefined;
  const name = options.secure ? `__Host-${options.name}` : options.name;
  const sameSite = options.sameSite === 'strict' ? 'Strict' : 'Lax';
  const attributes = `; Path=/; HttpOnly; SameSite=${sameSite}${options.secure ? '; Secure' : ''}`;
  const maxAge = Math.floor(options.maxAge / 1000);
  return {
    name,
    names: [name],
    set: (credential) => `${name}=${credential}; Max-Age=${maxAge}${attributes}`,
    clear: `${name}=; Max-Age=0${attributes}`,
  };
}

/** Sets the cookie of the answer, and replaces one that was set before. */
export function sendCookie(reply: FastifyReply, line: string): void {
  reply.removeHeader('set-cookie');
  reply.header('set-cookie', line);
}
