import { decodeBase64url } from '../base64url.ts';
import { InvalidCredentials } from '../errors.ts';
import { type Json, parseJson } from '../json.ts';
import { decodeUtf8 } from '../utf8.ts';

/** The JSON value in a segment of a compact JWS; throws `InvalidCredentials` for any spelling but the canonical. */
export function decodeSegment(segment: string): Json {
  const bytes = decodeBase64url(segment);
  if (bytes === undefined) throw new InvalidCredentials('malformed-token');
  try {
    return parseJson(decodeUtf8(bytes));
  } catch {
    throw new InvalidCredentials('malformed-token');
  }
}
