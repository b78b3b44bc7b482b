import { isoTime, parseIsoTime } from '../kernel/time.ts';

/** Date and time apart by a space or T; fractions of any length; a zone as Z, UTC, +00, +0000 or +00:00, or none. */
const spelling =
  /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d)?)(?:[.,](\d{1,9}))?)?\s?(?:(Z|UTC|GMT)|([+-]\d\d)(?::?(\d\d))?)?$/i;

/** Up to this many, a number counts seconds, which is the year 5138; more are milliseconds, from 1973 on. */
const maxSeconds = 100_000_000_000;

/**
 * The instant in unix milliseconds that another program wrote: ISO 8601, the spellings of databases, a number of seconds
 * or milliseconds, also as text. Without a zone it is UTC. Undefined for anything else.
 */
export function readTime(written: string | number): number | undefined {
  if (typeof written === 'number' || /^\d{9,14}$/.test(written)) {
    const number = Number(written);
    if (!Number.isFinite(number) || number < 0) return undefined;
    return Math.trunc(number < maxSeconds ? number * 1000 : number);
  }
  const [, day, time, fraction = '0', , hours, minutes = '00'] = spelling.exec(written.trim()) ?? [];
  if (day === undefined || !isDay(day)) return undefined;
  const zone = hours === undefined ? 'Z' : `${hours}:${minutes}`;
  return parseIsoTime(time === undefined ? day : `${day}T${withSeconds(time)}.${fraction}${zone}`);
}

/** Date reads the 31st of February as the 3rd of March. */
function isDay(day: string): boolean {
  const time = parseIsoTime(day);
  return time !== undefined && isoTime(time).startsWith(day);
}

function withSeconds(time: string): string {
  return time.length === 5 ? `${time}:00` : time;
}
