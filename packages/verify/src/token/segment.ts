import { Buffer } from 'node:buffer';
import { isCanonicalBase64url } from '../base64url.ts';
import { InvalidCredentials } from '../errors.ts';
import { type Json, parseJson } from '../json.ts';
import { decodeUtf8 } from '../utf8.ts';

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
