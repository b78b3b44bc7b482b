import { decodeUtf8 } from '../text/utf8.ts';
import { abortable } from './abortable.ts';

/**
 * Reads a whole response as text. Throws for more than `limit` bytes, for anything but UTF-8, and when `signal`
 * aborts.
 */
export async function readBody(response: Response, limit: number, signal: AbortSignal): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  while (reader !== undefined) {
    const { done, value } = await abortable(reader.read(), signal);
    if (done) break;
    length += value.byteLength;
    if (length > limit) {
      reader.cancel().catch(() => {});
      throw new RangeError('response too large');
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return decodeUtf8(bytes);
}
