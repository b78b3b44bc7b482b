/** A hash in the PHC string format: `$<id>$v=<version>$<name>=<number>,…$<salt>$<tag>`. */
export interface Phc {
  readonly id: string;
  readonly version: number | undefined;
  /** The parameter of that name; NaN when there is none. */
  parameter(name: string): number;
  readonly salt: Buffer;
  readonly tag: Buffer;
}

const pattern =
  /^\$([a-z0-9-]{1,32})(?:\$v=(\d{1,10}))?\$([a-z]{1,32}=\d{1,10}(?:,[a-z]{1,32}=\d{1,10})*)\$([A-Za-z0-9+/]{0,256})\$([A-Za-z0-9+/]{1,256})$/;

/** The parts of a PHC string; undefined for any other text, and when a parameter is given twice. */
export function parsePhc(text: string): Phc | undefined {
  const [, id, version, parameters, salt, tag] = (text.length <= 1024 && pattern.exec(text)) || [];
  if (id === undefined) return undefined;
  const pairs = parameters!.split(',').map((pair) => pair.split('=') as [string, string]);
  const numbers = new Map(pairs.map(([name, value]) => [name, Number(value)]));
  const saltBytes = fromBase64(salt!);
  const tagBytes = fromBase64(tag!);
  if (numbers.size !== pairs.length || saltBytes === undefined || tagBytes === undefined) return undefined;
  return {
    id,
    version: version === undefined ? undefined : Number(version),
    parameter: (name) => numbers.get(name) ?? Number.NaN,
    salt: saltBytes,
    tag: tagBytes,
  };
}

/** The PHC string of these parts. `parameters` is put in as it is. */
export function phcOf(
  id: string,
  parameters: string,
  salt: Uint8Array,
  tag: Uint8Array,
  version?: number,
): string {
  const head = version === undefined ? id : `${id}$v=${version}`;
  return `$${head}$${parameters}$${toBase64(salt)}$${toBase64(tag)}`;
}

/** Standard base64 without padding, as the reference implementation of argon2 writes it. */
function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '');
}

function fromBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return toBase64(bytes) === text ? bytes : undefined;
}
