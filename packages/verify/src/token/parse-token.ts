import { InvalidCredentials } from '../errors.ts';
import { type Claims, parseClaims } from './claims.ts';
import type { HeaderParser, TokenHeader } from './header.ts';
import { decodeSegment } from './segment.ts';
import { isSignature } from './signature.ts';

/** A longer token is refused before anything in it is looked at. */
export const MAX_TOKEN_LENGTH = 4096;

/** A token whose form is right. Nothing in it may be believed before its signature was verified. */
export interface ParsedToken {
  readonly header: TokenHeader;
  readonly headerSegment: string;
  readonly claims: Claims;
  /** What the signature is over: header and payload as they came. */
  readonly signed: string;
  /** 64 bytes as canonical base64url. */
  readonly signature: string;
}

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
  const signature = token.slice(second + 1);
  if (!isSignature(signature)) throw malformed();
  const headerSegment = token.slice(0, first);
  const header = headers.parse(headerSegment);
  const claims = parseClaims(decodeSegment(token.slice(first + 1, second)));
  return {
    header,
    headerSegment,
    claims,
    signed: token.slice(0, second),
    signature,
  };
}

function malformed(): InvalidCredentials {
  return new InvalidCredentials('malformed-token');
}
