import { Buffer } from 'node:buffer';
import { InvalidCredentials } from '../errors.ts';
import { isCanonicalBase64url } from '../text/base64url.ts';
import { type Json, parseJson } from '../text/json.ts';
import { decodeUtf8 } from '../text/utf8.ts';

/** Everything here is synchronous, so one buffer serves all tokens and leaves nothing to collect. */
const scratch = Buffer.alloc(4096);

/**
 * Parses the JSON value in a segment of a compact JWS, of at most 4096 characters. Throws `InvalidCredentials` for
 * any spelling but the canonical one.
 */
export function decodeSegment(segment: string): Json {
  if (!isCanonicalBase64url(segment)) throw new InvalidCredentials('malformed-token');
  try {
    return parseJson(decodeUtf8(scratch, scratch.write(segment, 'base64url')));
  } catch {
    throw new InvalidCredentials('malformed-token');
  }
}
