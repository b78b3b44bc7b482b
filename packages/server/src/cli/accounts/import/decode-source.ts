import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from '../../../kernel/errors.ts';

/** The bytes that a source begins with, and all of it. */
interface Peeked {
  readonly start: Buffer;
  readonly whole: AsyncIterable<Buffer>;
}

/** Reads at least so many bytes of the source, unless it is shorter. */
export async function peek(source: AsyncIterable<Buffer>, bytes: number): Promise<Peeked> {
  const chunks = source[Symbol.asyncIterator]();
  let start = Buffer.alloc(0);
  while (start.length < bytes) {
    const next = await chunks.next();
    if (next.done) break;
    start = Buffer.concat([start, next.value]);
  }
  async function* whole(): AsyncGenerator<Buffer> {
    try {
      if (start.length > 0) yield start;
      for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
    } finally {
      await chunks.return?.();
    }
  }
  return { start, whole: whole() };
}

/**
 * The text of a source in UTF-8, without a mark of byte order: unpacked when it is gzip, and converted when its mark says
 * that it is UTF-16, as SQL Server and PowerShell write it. Whether it is UTF-8 otherwise is for the readers to tell.
 */
export async function* decodeSource(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const packed = await peek(source, 2);
  const bytes = isGzip(packed.start) ? gunzip(packed.whole) : packed.whole;
  const { start, whole } = await peek(bytes, 3);
  const [a, b, c] = start;
  if (a === 0xff && b === 0xfe) yield* fromUtf16(whole, 'utf-16le');
  else if (a === 0xfe && b === 0xff) yield* fromUtf16(whole, 'utf-16be');
  else yield* a === 0xef && b === 0xbb && c === 0xbf ? skip(whole, 3) : whole;
}

function isGzip([a, b]: Buffer): boolean {
  return a === 0x1f && b === 0x8b;
}

async function* gunzip(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    // The failure is thrown to the reader.
    yield* pipeline(Readable.from(source), createGunzip(), () => {});
  } catch (error) {
    if (!isDamage(error)) throw error;
    throw new AppError('INVALID_DATA', { detail: 'The gzip file is damaged: nothing more was read.' });
  }
}

function isDamage(error: unknown): boolean {
  const code = String((error as NodeJS.ErrnoException).code);
  return code.startsWith('Z_') || code === 'ERR_STREAM_PREMATURE_CLOSE';
}

async function* fromUtf16(
  source: AsyncIterable<Buffer>,
  encoding: 'utf-16le' | 'utf-16be',
): AsyncGenerator<Buffer> {
  // Skips the mark.
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of source) yield Buffer.from(decoder.decode(chunk, { stream: true }));
    decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new AppError('INVALID_DATA', {
      detail: 'The file begins as UTF-16 and is not: nothing more was read.',
    });
  }
}

async function* skip(source: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const chunk of source) {
    yield chunk.subarray(left);
    left = 0;
  }
}
