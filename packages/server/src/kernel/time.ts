/** An instant in unix milliseconds as ISO 8601 in UTC. */
export function isoTime(time: number): string {
  // biome-ignore lint/style/noRestrictedGlobals: formats an instant that was passed in, reads no clock
  return new Date(time).toISOString();
}

/** An ISO 8601 text with a time zone as unix milliseconds; undefined for anything else. */
export function parseIsoTime(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/.test(text))
    return undefined;
  // biome-ignore lint/style/noRestrictedGlobals: parses an instant, reads no clock
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

/** Unix milliseconds as whole unix seconds. */
export function unixSeconds(time: number): number {
  return Math.floor(time / 1000);
}
