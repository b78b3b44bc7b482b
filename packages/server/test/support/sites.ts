import assert from 'node:assert/strict';
import type { SiteId } from '../../src/kernel/ids.ts';
import type { Request } from './client.ts';
import { haveRoles } from './people.ts';
import { newLogin, type Person, type World } from './world.ts';

/** A site, and somebody of every kind that may or may not do something there. */
export interface SitePeople {
  readonly site: string;
  /** A site whose id begins with the other's. */
  readonly longer: string;
  readonly nobody: Person;
  readonly user: Person;
  readonly manager: Person;
  readonly admin: Person;
  /** Has a role on the site that this service does not know. */
  readonly auditor: Person;
  /** An admin of another site. */
  readonly foreign: Person;
  /** An admin of the site with the longer id. */
  readonly neighbour: Person;
  /** An admin of everything. */
  readonly root: Person;
}

export type Role = Exclude<keyof SitePeople, 'site' | 'longer'>;
export const everybody = [
  'nobody',
  'user',
  'manager',
  'admin',
  'auditor',
  'foreign',
  'neighbour',
  'root',
] as const satisfies readonly Role[];

/** Makes a site of the person's. */
export async function newSite(
  w: World,
  person: Person,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const json = { name: 'Acme', ...fields };
  const answer = await w.call({ method: 'POST', path: '/api/v1/sites', headers: w.byHeader(person), json });
  assert.equal(answer.status, 200, answer.text);
  return String(answer.json.id);
}

/** Somebody new with these roles. */
export async function personWith(w: World, ...roles: string[]): Promise<Person> {
  const person = await w.person();
  if (roles.length > 0) await haveRoles(w, person, ...roles);
  return person;
}

export async function sitePeople(w: World): Promise<SitePeople> {
  const admin = await w.person({ name: 'Ada Admin' });
  const site = await newSite(w, admin);
  const foreign = await w.person();
  await newSite(w, foreign);
  const longer = `${site}0`;
  return {
    site,
    longer,
    admin,
    foreign,
    nobody: await w.person(),
    user: await personWith(w, `${site}:user`),
    manager: await personWith(w, `${site}:manager`),
    auditor: await personWith(w, `${site}:auditor`),
    neighbour: await personWith(w, `${longer}:admin`, `${site.slice(0, -1)}:admin`),
    root: await w.admin(),
  };
}

/** The roles of the account on the site, as they are stored. */
export async function rolesAt(w: World, person: Person, site: string): Promise<string[]> {
  const { roles } = await w.app.context.read.roles.find(person.id);
  return roles.filter((role) => role.startsWith(`${site}:`)).map((role) => role.slice(site.length + 1));
}

/** A request about sites. */
export const sites = (method: string, path = '', json?: unknown): Request => ({
  method,
  path: `/api/v1/sites${path}`,
  ...(json !== undefined && { json }),
});

/** The request with the person's session. */
export const as = (w: World, person: Person, request: Request): Request => ({
  ...request,
  headers: w.byHeader(person),
});

/** A code that no site has. */
export const newCode = () => `Code-${newLogin()}`;

/** The site as it is stored. */
export const stored = (w: World, id: string) => w.app.context.read.sites.find(id as SiteId);

/** The sites that the person's session shows. */
export async function shown(w: World, person: Person): Promise<unknown> {
  const answer = await w.call(as(w, person, { method: 'GET', path: '/api/v1/sessions/current' }));
  return (answer.json.user as { sites: unknown }).sites;
}
