import { AppError } from '../../../kernel/errors.ts';
import { maxRecordBytes } from './bytes.ts';

/** One value of a list in JSON, as it stands there. */
export interface JsonItem {
  /** Where it begins, from 1. */
  readonly line: number;
  /** The member of the document whose list it is in, in lower case; undefined for a list or a value by itself. */
  readonly list: string | undefined;
  /** Undefined when it is too long. */
  readonly bytes: Buffer | undefined;
}

const [quote, backslash, comma, colon, newline] = [0x22, 0x5c, 0x2c, 0x3a, 0x0a];
const opening = new Set([0x7b, 0x5b]);
const closing = new Set([0x7d, 0x5d]);
const spaces = new Set([0x20, 0x09, 0x0d, newline]);
const [openBracket, openBrace] = [0x5b, 0x7b];

/**
 * Cuts JSON into its items without holding more than one of them: those of a list, those of the named lists in an
 * object, those of phpMyAdmin's tables, and otherwise each value by itself, so JSON Lines too. What is between the items is not checked; an item is
 * for its reader to parse. Throws INVALID_DATA when the JSON ends or closes where it cannot.
 */
export async function* readJsonItems(
  source: AsyncIterable<Buffer>,
  lists: readonly string[],
): AsyncGenerator<readonly JsonItem[]> {
  const cutter = new Cutter(new Set(lists.map((name) => name.toLowerCase())));
  for await (const chunk of source) {
    const items = cutter.take(chunk);
    if (items.length > 0) yield items;
  }
  const last = cutter.end();
  if (last.length > 0) yield last;
}

class Cutter {
  readonly #lists: ReadonlySet<string>;
  #items: JsonItem[] = [];
  #line = 1;
  #depth = 0;
  #inText = false;
  #escaped = false;
  /** At which depth the members of a document stand: 1 in an outermost object, 2 in the objects of an outermost list. */
  #base = 1;
  /** The list of the object that is being read. */
  #list: string | undefined;
  /** The last text of the document, the name of its last member, and that of its first. */
  #text: number[] = [];
  #name: string | undefined;
  #firstName: string | undefined;
  /** The item that is being read. */
  #item: { readonly line: number; readonly depth: number; parts: Buffer[]; size: number } | undefined;
  /** Where in this chunk the item goes on. */
  #from = 0;

  constructor(lists: ReadonlySet<string>) {
    this.#lists = lists;
  }

  take(chunk: Buffer): readonly JsonItem[] {
    this.#items = [];
    this.#from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at]!;
      if (byte === newline) this.#line += 1;
      if (this.#inText) this.#takeText(byte);
      else this.#takeMark(byte, chunk, at);
    }
    this.#keep(chunk, chunk.length);
    return this.#items;
  }

  /** The last item, when only the end of the file ends it. */
  end(): readonly JsonItem[] {
    this.#items = [];
    if (this.#depth > 0 || this.#inText) this.#fail('The JSON ends in the middle of a value');
    this.#finish(Buffer.alloc(0), 0);
    return this.#items;
  }

  #takeText(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === backslash) this.#escaped = true;
    else if (byte === quote) this.#inText = false;
    if (this.#inText && this.#depth === this.#base && this.#text.length < 64) this.#text.push(byte);
  }

  #takeMark(byte: number, chunk: Buffer, at: number): void {
    if (closing.has(byte)) this.#close(chunk, at);
    else if (byte === comma || spaces.has(byte)) this.#endBare(chunk, at);
    else {
      if (byte === colon && this.#depth === this.#base) {
        this.#name = Buffer.from(this.#text).toString().toLowerCase();
        this.#firstName ??= this.#name;
      }
      this.#begin(byte, at);
      if (byte === quote) {
        this.#inText = true;
        this.#text = [];
      } else if (opening.has(byte)) this.#open(byte);
    }
  }

  /** Items are outermost values, and those of an outermost list or of a list that was asked for. */
  #begin(byte: number, at: number): void {
    const isPlace = this.#depth === 0 ? byte !== openBracket : this.#depth === this.#itemDepth();
    if (this.#item !== undefined || !isPlace) return;
    this.#item = { line: this.#line, depth: this.#depth, parts: [], size: 0 };
    this.#from = at;
  }

  #itemDepth(): number {
    if (this.#list !== undefined) return this.#base + 1;
    return this.#base === 1 ? Number.NaN : 1;
  }

  #open(byte: number): void {
    if (this.#depth === 0) this.#base = byte === openBrace ? 1 : 2;
    if (this.#depth < this.#base) this.#firstName = undefined;
    else if (this.#depth === this.#base && byte === openBracket && this.#isAskedFor()) {
      this.#list = this.#name;
      // The object that holds it is no item itself.
      this.#item = undefined;
    }
    this.#depth += 1;
  }

  /** Whether the member is a list of items: one of the named ones, or the rows of a table as phpMyAdmin writes it. */
  #isAskedFor(): boolean {
    if (this.#base === 1) return this.#lists.has(this.#name ?? '');
    return this.#firstName === 'type' && this.#name === 'data';
  }

  #close(chunk: Buffer, at: number): void {
    this.#endBare(chunk, at);
    this.#depth -= 1;
    if (this.#depth < 0) this.#fail('The JSON closes what it did not open');
    if (this.#depth === this.#base) this.#list = undefined;
    if (this.#item?.depth === this.#depth) this.#finish(chunk, at + 1);
  }

  /** Ends an item that has no brackets, such as a number. */
  #endBare(chunk: Buffer, at: number): void {
    if (this.#item?.depth === this.#depth) this.#finish(chunk, at);
  }

  #finish(chunk: Buffer, end: number): void {
    this.#keep(chunk, end);
    if (this.#item === undefined) return;
    const { line, size, parts } = this.#item;
    this.#item = undefined;
    const bytes = size > maxRecordBytes ? undefined : Buffer.concat(parts);
    this.#items.push({ line, list: this.#list, bytes });
  }

  /** Keeps what this chunk has of the item. One that is too long takes no more memory. */
  #keep(chunk: Buffer, end: number): void {
    if (this.#item === undefined) return;
    this.#item.size += end - this.#from;
    if (this.#item.size > maxRecordBytes) this.#item.parts = [];
    else this.#item.parts.push(chunk.subarray(this.#from, end));
    this.#from = 0;
  }

  #fail(what: string): never {
    throw new AppError('INVALID_DATA', {
      detail: `${what}, near line ${this.#line}: nothing more was read.`,
    });
  }
}
