import type { Verifier } from '@latchkey/verify';
import { createAdapter, type Outcome } from '@latchkey/verify/internal';
import { parseRequirement, type Requirement } from './requirement.ts';

/** What a proxy asks: whether a request may go on. */
export interface Question {
  /** The header fields of the request, name, value, name, value, … */
  readonly headers: readonly string[];
  /** The requirement that the proxy has written into the query. */
  readonly query: string;
  /** The one that it has written into a header. */
  readonly header?: string;
}

/**
 * Makes what answers a question by the verifier. Both the query and the header must be met, so that a client who sends
 * the header can but ask for more. Throws a RequirementError for a requirement that cannot be read.
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
