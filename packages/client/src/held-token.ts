/** What Login and WhoAmI answer. */
export interface TokenAnswer {
  readonly token: string;
  readonly userId: number;
}

/** A token and the moments that matter, in milliseconds of `performance.now()`. */
export interface HeldToken extends TokenAnswer {
  /** From then on it is refreshed before it is used. */
  readonly refreshAt: number;
  readonly endsAt: number;
}

/** Milliseconds before its end at which a token is refreshed; less where it lives shorter than 150 s. */
const ahead = 30_000;

/**
 * Holds a token that arrived now. Its end is counted from now by the lifetime in the token, so that the clocks of the two
 * machines need not agree.
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
