import { Buffer } from 'node:buffer';
import { InvalidCredentials } from '../errors.ts';
import { isCanonicalBase64url } from '../text/base64url.ts';
import { type Json, parseJson } from '../text/json.ts';
import { decodeUtf8 } from '../text/utf8.ts';

// Everything here is synchronous, so one buffer serves all tokens and none is left to collect.
const SCRATCH = Buffer.alloc(4096);

/** The JSON value in a segment of a compact JWS, of 4096 characters at most; throws `InvalidCredentials` for any spelling but the canonical. */
export function decodeSegment(segment: string): Json {
  if (!isCanonicalBase64url(segment)) throw new InvalidCredentials('malformed-token');
  try {
    return parseJson(decodeUtf8(SCRATCH, SCRATCH.write(segment, 'base64url')));
  } catch {
    throw new InvalidCredentials('malformed-token');
  }
}
