/** A JSON value as `parseJson` returns it. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** A JSON object as `parseJson` returns it: a plain object, all of whose own members come from the text. */
export interface JsonObject {
  [name: string]: Json;
}

/** The most levels of nested arrays and objects; `[[1]]` has 2. */
export const maxJsonDepth = 32;

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const numberForm = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const escapes: Record<string, string> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const hex4 = /^[0-9A-Fa-f]{4}$/;

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): Json {
    const value = this.#value(this.#space(), 0);
    if (!Number.isNaN(this.#space())) throw new SyntaxError('text after the value');
    return value;
  }

  /** Skips white space and returns the code of the next character; `NaN` at the end. */
  #space(): number {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return code;
      this.#at += 1;
    }
  }

  #value(code: number, depth: number): Json {
    if (code === quote) return this.#string();
    if (code === 0x7b) return this.#object(depth + 1);
    if (code === 0x5b) return this.#array(depth + 1);
    if (code === 0x74) return this.#literal('true', true);
    if (code === 0x66) return this.#literal('false', false);
    if (code === 0x6e) return this.#literal('null', null);
    return this.#number();
  }

  #literal<T extends Json>(word: string, value: T): T {
    if (!this.#text.startsWith(word, this.#at)) throw new SyntaxError('unexpected character');
    this.#at += word.length;
    return value;
  }

  #number(): number {
    const text = this.#text;
    const start = this.#at;
    // Most numbers are short whole ones: digits, no sign, no leading zero, exact without rounding.
    let at = start;
    let whole = 0;
    let code = text.charCodeAt(at);
    for (; code >= 0x30 && code <= 0x39; code = text.charCodeAt(at)) {
      whole = whole * 10 + code - 0x30;
      at += 1;
    }
    const ended = code === comma || code === 0x7d || code === 0x5d;
    if (ended && at > start && at - start <= 15 && text.charCodeAt(start) !== 0x30) {
      this.#at = at;
      return whole;
    }
    numberForm.lastIndex = start;
    if (!numberForm.test(text)) throw new SyntaxError('unexpected character');
    const value = Number(text.slice(start, numberForm.lastIndex));
    if (!Number.isFinite(value)) throw new SyntaxError('number out of range');
    this.#at = numberForm.lastIndex;
    return value;
  }

  #string(): string {
    const text = this.#text;
    const start = this.#at + 1;
    for (let at = start; ; at += 1) {
      const code = text.charCodeAt(at);
      if (code === quote) {
        this.#at = at + 1;
        return text.slice(start, at);
      }
      if (code === backslash) return this.#escapedString(start, at);
      // The negation also catches the NaN past the end.
      if (!(code >= 0x20)) throw new SyntaxError('unterminated string or control character');
    }
  }

  #escapedString(start: number, firstEscape: number): string {
    const text = this.#text;
    let value = text.slice(start, firstEscape);
    let at = firstEscape;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === quote) break;
      if (code === backslash) {
        const letter = text[at + 1] ?? '';
        const simple = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
        const hex = text.slice(at + 2, at + 6);
        if (simple === undefined && !(letter === 'u' && hex4.test(hex))) throw new SyntaxError('bad escape');
        value += simple ?? String.fromCharCode(Number.parseInt(hex, 16));
        at += simple === undefined ? 6 : 2;
      } else {
        if (!(code >= 0x20)) throw new SyntaxError('unterminated string or control character');
        const from = at;
        for (at += 1; ; at += 1) {
          const next = text.charCodeAt(at);
          if (next === quote || next === backslash || !(next >= 0x20)) break;
        }
        value += text.slice(from, at);
      }
    }
    if (!value.isWellFormed()) throw new SyntaxError('lone surrogate');
    this.#at = at + 1;
    return value;
  }

  #array(depth: number): Json[] {
    if (depth > maxJsonDepth) throw new SyntaxError('nested too deep');
    const items: Json[] = [];
    this.#at += 1;
    let code = this.#space();
    if (code === 0x5d) {
      this.#at += 1;
      return items;
    }
    for (;;) {
      items.push(this.#value(code, depth));
      code = this.#space();
      this.#at += 1;
      if (code === 0x5d) return items;
      if (code !== comma) throw new SyntaxError('expected , or ]');
      code = this.#space();
    }
  }

  #object(depth: number): JsonObject {
    if (depth > maxJsonDepth) throw new SyntaxError('nested too deep');
    const members: JsonObject = {};
    this.#at += 1;
    let code = this.#space();
    if (code === 0x7d) {
      this.#at += 1;
      return members;
    }
    for (;;) {
      if (code !== quote) throw new SyntaxError('expected a member name');
      const name = this.#string();
      if (name === '__proto__') throw new SyntaxError('member name __proto__');
      if (Object.hasOwn(members, name)) throw new SyntaxError('duplicate member name');
      if (this.#space() !== colon) throw new SyntaxError('expected :');
      this.#at += 1;
      members[name] = this.#value(this.#space(), depth);
      code = this.#space();
      this.#at += 1;
      if (code === 0x7d) return members;
      if (code !== comma) throw new SyntaxError('expected , or }');
      code = this.#space();
    }
  }
}

/**
 * Parses a JSON text (RFC 8259), more strictly than `JSON.parse`: member names are unique at every depth (as RFC 7519
 * section 4 and RFC 8725 section 2.4 ask of tokens), nesting stops at `maxJsonDepth`, strings hold no lone
 * surrogates, numbers are finite, and a member named `__proto__` is refused. Throws a `SyntaxError` whose message
 * never quotes the text.
 */
export function parseJson(text: string): Json {
  if (typeof text !== 'string' || !text.isWellFormed()) throw new SyntaxError('lone surrogate');
  return new Parser(text).document();
}

/** Whether a parsed value is an object, and neither `null` nor an array. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
