import { type Authenticated, issuerTimeOf } from '../engine/authenticated.ts';
import { secondsOf } from './age.ts';
import { type Problem, problem } from './problem.ts';

/** Reads a path parameter of the request by its name. */
export type ReadParameter = (name: string) => unknown;

/** Checks an authenticated caller. Returns the answer that refuses the request, or `undefined`. */
export type Check = (caller: Authenticated, parameter: ReadParameter) => Problem | undefined;

/** How `requireRole` finds the site of a request. */
export interface RoleOptions {
  /** The name of the path parameter that holds the site's id. */
  readonly site?: string;
}

const roleForm = /^(site:)?([A-Za-z0-9_-]{1,64})$/;
const ladder = ['user', 'manager', 'admin'];

/**
 * Requires a global role (`'admin'`), or a role on the site of the request
 * (`'site:manager', { site: 'site_id' }`), where admin includes manager, manager includes user,
 * and a global `admin` passes. Answers 403 `NOT_IN_ROLE` or `NOT_IN_SITE_ROLE`. Throws a
 * `TypeError` at once for a role that is malformed or a site role without `site`.
 */
export function roleCheck(role: string, options: RoleOptions = {}): Check {
  const [, onSite, name] = (typeof role === 'string' && roleForm.exec(role)) || [];
  if (name === undefined) throw new TypeError("role must be like 'admin' or 'site:manager'");
  const { site: parameterName, ...others } = options;
  for (const other of Object.keys(others)) throw new TypeError(`unknown option ${JSON.stringify(other)}`);
  if (onSite === undefined) {
    if (parameterName !== undefined) throw new TypeError("a role on a site is written 'site:<role>'");
    return ({ roles }) => (roles.includes(name) ? undefined : problem('NOT_IN_ROLE'));
  }
  if (typeof parameterName !== 'string' || parameterName === '')
    throw new TypeError('a site role needs the name of a parameter');
  const enough = ladder.includes(name) ? ladder.slice(ladder.indexOf(name)) : [name, 'admin'];
  return ({ roles }, parameter) => {
    if (roles.includes('admin')) return undefined;
    const site = parameter(parameterName);
    const allowed = typeof site === 'string' && enough.some((each) => roles.includes(`${site}:${each}`));
    return allowed ? undefined : problem('NOT_IN_SITE_ROLE');
  };
}

/**
 * Requires that the person has proved presence within `age`: `'30s'`, `'5m'`, `'1h'`, `'1d'`, or seconds as a number.
 * Answers 403 `REAUTH_REQUIRED`. Throws a `TypeError` at once for a malformed age.
 */
export function freshCheck(age: string | number): Check {
  const seconds = secondsOf(age);
  return (caller) =>
    issuerTimeOf(caller) / 1000 - caller.authTime <= seconds ? undefined : problem('REAUTH_REQUIRED');
}
