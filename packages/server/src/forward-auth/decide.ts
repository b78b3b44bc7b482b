import type { Verifier } from '@latchkey/verify';
import { createAdapter, type Outcome } from '@latchkey/verify/internal';
import { parseRequirement, type Requirement } from './requirement.ts';

/** What a proxy asks: whether a request may pass. */
export interface Question {
  /** The header fields of the request, name, value, name, value, … */
  readonly headers: readonly string[];
  /** The requirement in the query. */
  readonly query: string;
  /** The requirement in the header. */
  readonly header?: string;
}

/**
 * Creates the function that answers questions with the verifier. Both query and header must be met, so that a client that
 * sends the header can only ask for more. It throws a RequirementError for a malformed requirement.
 */
export function createDecide(
  verifier: Pick<Verifier, 'issuer' | 'authenticate'>,
  cookie: string,
): (question: Question) => Promise<Outcome> {
  const signedIn = createAdapter(verifier, { cookie });
  const anybody = createAdapter(verifier, { cookie, optional: true });
  return async ({ headers, query, header }) => {
    const asked: Requirement[] = [parseRequirement(query)];
    if (header !== undefined) asked.push(parseRequirement(header));
    const outcome = await (asked.every(({ optional }) => optional) ? anybody : signedIn)(headers);
    if (outcome.problem !== undefined || outcome.caller === undefined) return outcome;
    for (const { refuse } of asked) {
      const problem = refuse(outcome.caller);
      if (problem !== undefined) return { problem };
    }
    return outcome;
  };
}
