import { InvalidCredentials, TokenStale, Unavailable } from '@latchkey/verify';
import type { CheckAnswer } from './history.ts';

/** What a verifier's answer amounts to, and its reason. */
export async function answerOf(asked: Promise<unknown>): Promise<[answer: CheckAnswer, reason: string]> {
  try {
    await asked;
    return ['accepted', ''];
  } catch (error) {
    if (error instanceof TokenStale) return ['stale', error.reason];
    if (error instanceof Unavailable) return ['unavailable', error.reason];
    if (!(error instanceof InvalidCredentials)) return ['failed', String(error)];
    const { reason } = error;
    return [reason === 'expired' || reason === 'not-yet-valid' ? 'untimely' : 'refused', reason];
  }
}
