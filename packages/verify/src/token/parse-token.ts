import { InvalidCredentials } from '../errors.ts';
import { type Claims, parseClaims } from './claims.ts';
import type { HeaderParser, TokenHeader } from './header.ts';
import { decodeSegment } from './segment.ts';
import { isSignature } from './signature.ts';

/** The longest token, in characters. A longer one is refused unread. */
export const maxTokenLength = 4096;

/** A token of the right form. Believe nothing in it before its signature is verified. */
export interface ParsedToken {
  readonly header: TokenHeader;
  readonly headerSegment: string;
  readonly claims: Claims;
  /** The signed text: header and payload as they came. */
  readonly signed: string;
  /** 64 bytes as canonical base64url. */
  readonly signature: string;
}

/**
 * Parses a compact JWS (RFC 7515 section 7.1) of exactly three parts in their one canonical spelling. Throws
 * `InvalidCredentials` for anything else, of any type.
 */
export function parseToken(token: unknown, headers: HeaderParser): ParsedToken {
  if (typeof token !== 'string' || token.length > maxTokenLength) throw malformed();
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
