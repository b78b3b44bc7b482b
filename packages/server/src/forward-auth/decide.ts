import { type AdapterVerifier, createAdapter, type Outcome, problem } from '@latchkey/verify/internal';
import type { Question } from './question.ts';
import { parseRequirement, type Requirement } from './requirement.ts';

/** What `createDecide` needs besides the verifier. */
export interface DecideOptions {
  /** The name of the session cookie. */
  readonly cookie: string;
  /** Where people are sent who open a page and are not signed in. */
  readonly signInUrl?: string | undefined;
}

/**
 * Creates the function that answers questions with the verifier. Both query and header must be met, so that a client that
 * sends the header can only ask for more. It throws a RequirementError for a malformed requirement.
 */
export function createDecide(
  verifier: AdapterVerifier,
  { cookie, signInUrl }: DecideOptions,
): (question: Question) => Promise<Outcome> {
  const onSignedOut = signInUrl === undefined ? 'problem' : { redirect: signInUrl };
  const signedIn = createAdapter(verifier, { cookie, onSignedOut });
  const anybody = createAdapter(verifier, { cookie, optional: true });
  return async ({ head, query, header }) => {
    const asked: Requirement[] = [parseRequirement(query)];
    if (header !== undefined) asked.push(parseRequirement(header));
    const outcome = await (asked.every(({ optional }) => optional) ? anybody : signedIn)(head);
    if (outcome.problem !== undefined)
      return asked.some(({ redirect }) => redirect) ? outcome : told(outcome);
    if (outcome.caller === undefined) return outcome;
    for (const { refuse } of asked) {
      const problem = refuse(outcome.caller);
      if (problem !== undefined) return { problem };
    }
    return outcome;
  };
}

/** The same, with the redirect in a field beside a 401: nginx takes only 401 and 403 for a refusal. */
function told(outcome: Outcome & { readonly problem: object }): Outcome {
  const { status, headers } = outcome.problem;
  const { location } = headers;
  if (status !== 302 || location === undefined) return outcome;
  const refused = problem('INVALID_CREDENTIALS');
  return {
    ...outcome,
    problem: { ...refused, headers: { ...refused.headers, 'x-latchkey-location': location } },
  };
}
