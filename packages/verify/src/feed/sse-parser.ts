/** One event of a stream. */
export interface ServerEvent {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: string;
}

/** An event, with all that precedes its end, may be this long. A snapshot is one event. */
export const maxEventLength = 256 * 1024 * 1024;

/**
 * Parses `text/event-stream` (WHATWG HTML section 9.2.6) piece by piece, as far as the feed uses it: `event`, `id`
 * and `data`. Throws a `RangeError` for an event longer than `limit`.
 */
export class SseParser {
  readonly #emit: (event: ServerEvent) => void;
  readonly #limit: number;
  #pieces: string[] = [];
  #length = 0;
  #data: string[] = [];
  #event = '';
  #id: string | undefined;
  #endedInCr = false;

  constructor(emit: (event: ServerEvent) => void, limit = maxEventLength) {
    this.#emit = emit;
    this.#limit = limit;
  }

  push(text: string): void {
    let from = this.#endedInCr && text.startsWith('\n') ? 1 : 0;
    if (text.length > 0) this.#endedInCr = text.endsWith('\r');
    for (;;) {
      const end = endOfLine(text, from);
      if (end === -1) break;
      this.#keep(text.slice(from, end));
      this.#line();
      from = text.startsWith('\r\n', end) ? end + 2 : end + 1;
    }
    this.#keep(text.slice(from));
  }

  // Pieces are joined once, at the end of the line: a long line comes in thousands of pieces.
  #keep(piece: string): void {
    if (piece === '') return;
    this.#length += piece.length;
    if (this.#length > this.#limit) throw new RangeError('event too long');
    this.#pieces.push(piece);
  }

  #line(): void {
    const line = this.#pieces.length === 1 ? this.#pieces[0]! : this.#pieces.join('');
    this.#pieces = [];
    if (line === '') {
      if (this.#data.length > 0) {
        this.#emit({ event: this.#event || 'message', id: this.#id, data: this.#data.join('\n') });
      }
      this.#data = [];
      this.#event = '';
      this.#id = undefined;
      this.#length = 0;
      return;
    }
    const colon = line.indexOf(':');
    if (colon === 0) {
      this.#length -= line.length;
      return;
    }
    const field = colon === -1 ? line : line.slice(0, colon);
    const start = line.charCodeAt(colon + 1) === 0x20 ? colon + 2 : colon + 1;
    const value = colon === -1 ? '' : line.slice(start);
    if (field === 'data') this.#data.push(value);
    else if (field === 'event') this.#event = value;
    else if (field === 'id') this.#id = value;
  }
}

function endOfLine(text: string, from: number): number {
  const lf = text.indexOf('\n', from);
  // A carriage return is rare: searching for it only up to the line feed keeps this linear.
  const cr = lf === -1 ? text.indexOf('\r', from) : text.slice(from, lf).indexOf('\r');
  if (cr === -1) return lf;
  return lf === -1 ? cr : from + cr;
}
