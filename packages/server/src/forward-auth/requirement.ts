import { type Authenticated, type Check, requireFresh, requireRole } from '@latchkey/verify/node';

/** What a proxy requires of the caller. */
export interface Requirement {
  /** Whether a request without credentials may pass. */
  readonly optional: boolean;
  /** Whether a page that nobody is signed in for is answered with a redirect. */
  readonly redirect: boolean;
  /** The first reason to refuse the caller, if any. */
  refuse(caller: Authenticated): ReturnType<Check>;
}

/** What is wrong with a requirement. Does not quote it. */
export class RequirementError extends Error {
  override readonly name = 'RequirementError';
}

const siteId = /^[A-Za-z0-9_-]{1,64}$/;
const names = ['role', 'site', 'fresh', 'optional', 'signed_out'] as const;

/** Whether a query is meant as a requirement: it has nothing but members of one. */
export function isRequirement(query: string): boolean {
  const given = [...new URLSearchParams(query).keys()];
  return given.length > 0 && given.every((name) => names.includes(name as never));
}

/**
 * Parses `role=site:manager&site=77&fresh=5m`. Throws a RequirementError for anything unknown, repeated or contradictory:
 * a client that controls the text of the site must not be able to loosen the rest.
 */
export function parseRequirement(text: string): Requirement {
  const given = new URLSearchParams(text);
  for (const name of given.keys()) {
    if (!names.includes(name as never)) throw new RequirementError(`may only contain ${names.join(', ')}`);
    if (given.getAll(name).length > 1) throw new RequirementError(`contains ${name} twice`);
  }
  const { role, site, fresh, optional, signed_out } = Object.fromEntries(given) as Partial<
    Record<string, string>
  >;
  if (optional !== undefined && (optional !== 'true' || [...given].length > 1)) {
    throw new RequirementError('must contain nothing else beside optional=true');
  }
  if (signed_out !== undefined && signed_out !== 'redirect') {
    throw new RequirementError('must have signed_out=redirect or no signed_out');
  }
  if (site !== undefined && role === undefined) throw new RequirementError('has a site without a role');
  const checks: Check[] = [];
  try {
    if (role !== undefined) checks.push(requireRole(role, site === undefined ? {} : { site: 'site' }));
    if (fresh !== undefined) checks.push(requireFresh(fresh));
  } catch (error) {
    if (error instanceof TypeError) throw new RequirementError(`is malformed: ${error.message}`);
    throw error;
  }
  return {
    optional: optional === 'true',
    redirect: signed_out === 'redirect',
    refuse(caller) {
      for (const check of checks) {
        // The client chooses the site: nobody has a role on a malformed one.
        const refused = check(caller, () => (siteId.test(site ?? '') ? site : undefined));
        if (refused !== undefined) return refused;
      }
      return undefined;
    },
  };
}
