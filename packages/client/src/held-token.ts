/** What Login and WhoAmI answer. */
export interface TokenAnswer {
  readonly token: string;
  readonly userId: number;
}

/** A token and the moments that matter, in milliseconds of `performance.now()`. */
export interface HeldToken extends TokenAnswer {
  /** From here on the next one is asked for before it is used. */
  readonly refreshAt: number;
  readonly endsAt: number;
}

/** Milliseconds before a token's end at which it is refreshed, if it lives long enough. */
const ahead = 30_000;

/**
 * Holds a token that arrived now. Its life is measured from here by the length that the token itself tells, so that
 * the two machines' clocks need not agree.
 */
export function holdToken(answer: TokenAnswer): HeldToken {
  const { token, userId } = answer;
  const life = lifeOf(token);
  const now = performance.now();
  return { token, userId, refreshAt: now + life - Math.min(ahead, life / 5), endsAt: now + life };
}

function lifeOf(token: string): number {
  const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
  const { iat, exp } = JSON.parse(atob(payload)) as { readonly iat: number; readonly exp: number };
  return (exp - iat) * 1000;
}
