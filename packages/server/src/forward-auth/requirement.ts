import { type Authenticated, type Check, requireFresh, requireRole } from '@latchkey/verify/node';

/** What a proxy asks of the caller. */
export interface Requirement {
  /** Whether nobody may pass as well. */
  readonly optional: boolean;
  /** The first refusal of a caller. */
  refuse(caller: Authenticated): ReturnType<Check>;
}

/** A requirement that the proxy has misspelled: what it must be, without what was sent. */
export class RequirementError extends Error {
  override readonly name = 'RequirementError';
}

const siteId = /^[A-Za-z0-9_-]{1,64}$/;
const names = ['role', 'site', 'fresh', 'optional'] as const;

/**
 * Reads `role=site:manager&site=77&fresh=5m`. Throws a RequirementError for anything unknown, repeated or contradictory:
 * whoever gets a text of theirs into the site must not loosen the rest by it.
 */
export function parseRequirement(text: string): Requirement {
  const given = new URLSearchParams(text);
  for (const name of given.keys()) {
    if (!names.includes(name as never)) throw new RequirementError(`may hold ${names.join(', ')} alone`);
    if (given.getAll(name).length > 1) throw new RequirementError(`holds ${name} twice`);
  }
  const { role, site, fresh, optional } = Object.fromEntries(given) as Partial<Record<string, string>>;
  if (optional !== undefined && (optional !== 'true' || role !== undefined || fresh !== undefined)) {
    throw new RequirementError('takes optional=true alone');
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
    refuse(caller) {
      for (const check of checks) {
        // The site is the client's: a strange one is nobody's.
        const refused = check(caller, () => (siteId.test(site ?? '') ? site : undefined));
        if (refused !== undefined) return refused;
      }
      return undefined;
    },
  };
}
