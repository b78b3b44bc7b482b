import { type Moment, since } from './clocks.ts';

/** What Login and WhoAmI answer. */
export interface TokenAnswer {
  readonly token: string;
  readonly userId: number;
}

/** A token, and how long it is good: milliseconds since the moment at which it was asked for. */
export interface HeldToken extends TokenAnswer {
  readonly asked: Moment;
  /** From then on it is refreshed before it is used. */
  readonly refreshAfter: number;
  readonly endsAfter: number;
}

/** Milliseconds before its end at which a token is refreshed; less where it lives shorter than 150 s. */
const ahead = 30_000;

/**
 * Holds a token that was asked for at that moment, so that it was issued no earlier. Its end is counted from then by the
 * lifetime in the token: the clocks of the two machines need not agree, and an answer that has waited for a machine to wake
 * up is as old as it is.
 */
export function holdToken({ token, userId }: TokenAnswer, asked: Moment): HeldToken {
  const life = lifeOf(token);
  return { token, userId, asked, refreshAfter: life - Math.min(ahead, life / 5), endsAfter: life };
}

/** Whether it need not be refreshed yet. */
export function isFresh({ asked, refreshAfter }: HeldToken): boolean {
  return since(asked) < refreshAfter;
}

/** Whether it has not ended. */
export function isAlive({ asked, endsAfter }: HeldToken): boolean {
  return since(asked) < endsAfter;
}

function lifeOf(token: string): number {
  const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
  const { iat, exp } = JSON.parse(atob(payload)) as { readonly iat: number; readonly exp: number };
  return (exp - iat) * 1000;
}
