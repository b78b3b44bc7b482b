const units: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * The age in seconds: `'30s'`, `'5m'`, `'1h'`, `'1d'`, or seconds as a number. Throws a `TypeError` for anything
 * else.
 */
export function secondsOf(age: string | number): number {
  const match = typeof age === 'string' ? /^([1-9][0-9]{0,8})([smhd])$/.exec(age) : undefined;
  const seconds =
    typeof age === 'number' ? age : Number(match?.[1]) * (units[match?.[2] ?? ''] ?? Number.NaN);
  if (!(seconds > 0 && Number.isFinite(seconds))) throw new TypeError("age must be like '5m', or seconds");
  return seconds;
}
