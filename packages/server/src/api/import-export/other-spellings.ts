/** How programs write what is true and what is false. */
const booleans = new Map<unknown, boolean>([
  ...['true', 't', '1', 1].map((written) => [written, true] as const),
  ...['false', 'f', '0', 0].map((written) => [written, false] as const),
]);

/** The boolean that other programs spell as a text or number, in any case; anything else stays. */
export function readBoolean(written: unknown): unknown {
  return booleans.get(typeof written === 'string' ? written.toLowerCase() : written) ?? written;
}

/** How a member is read that is not of its type. */
const readers: Readonly<Record<string, (written: unknown) => unknown>> = {
  id: numberAsText,
  create_time: timeAsText,
  change_pwd_time: timeAsText,
  verified: readBoolean,
  active: readBoolean,
};

/** The members of an account with those read that other programs spell in another type: `"id": 42`, `"active": "t"`. */
export function readSpellings(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [
      name,
      Object.hasOwn(readers, name) ? readers[name]!(value) : value,
    ]),
  );
}

/** Numbers that JSON cannot hold exactly stay, and are refused. */
function numberAsText(written: unknown): unknown {
  return Number.isSafeInteger(written) ? String(written) : written;
}

/** MongoDB writes a time as `{"$date": "…"}`, or with `{"$numberLong": "…"}` within. */
function timeAsText(written: unknown): unknown {
  if (typeof written === 'number') return String(written);
  if (typeof written !== 'object' || written === null) return written;
  const [inner, more] = Object.entries(written);
  return inner !== undefined && more === undefined && (inner[0] === '$date' || inner[0] === '$numberLong')
    ? timeAsText(inner[1])
    : written;
}
