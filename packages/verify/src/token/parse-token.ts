import { Buffer } from 'node:buffer';
import { decodeBase64url } from '../base64url.ts';
import { InvalidCredentials } from '../errors.ts';
import { type Claims, parseClaims } from './claims.ts';
import type { HeaderParser, TokenHeader } from './header.ts';
import { decodeSegment } from './segment.ts';

/** A longer token is refused before anything in it is looked at. */
export const MAX_TOKEN_LENGTH = 4096;

/** A token whose form is right. Nothing in it may be believed before its signature was verified. */
export interface ParsedToken {
  readonly header: TokenHeader;
  readonly headerSegment: string;
  readonly claims: Claims;
  readonly signed: Buffer;
  readonly signature: Buffer;
}

// ES256 (RFC 7518, 3.4) and Ed25519 (RFC 8037, 3.1) signatures are both 64 bytes.
const SIGNATURE_LENGTH = 86;

/**
 * Parses a compact JWS (RFC 7515 section 7.1) of exactly three parts in their one canonical
 * spelling. Throws `InvalidCredentials` for anything else, of whatever type.
 */
export function parseToken(token: unknown, headers: HeaderParser): ParsedToken {
  if (typeof token !== 'string' || token.length > MAX_TOKEN_LENGTH) throw malformed();
  const first = token.indexOf('.');
  const second = token.indexOf('.', first + 1);
  // A third dot would be in the signature, whose alphabet has none.
  if (first < 1 || second - first < 2) throw malformed();
  if (token.length - second - 1 !== SIGNATURE_LENGTH) throw malformed();
  const signature = decodeBase64url(token.slice(second + 1));
  if (signature === undefined) throw malformed();
  const headerSegment = token.slice(0, first);
  const header = headers.parse(headerSegment);
  const claims = parseClaims(decodeSegment(token.slice(first + 1, second)));
  return {
    header,
    headerSegment,
    claims,
    signed: Buffer.from(token.slice(0, second), 'latin1'),
    signature,
  };
}

function malformed(): InvalidCredentials {
  return new InvalidCredentials('malformed-token');
}
