import assert from 'node:assert/strict';
import { updateAccount } from '../../src/identity/accounts/update-account.ts';
import { grantRoles } from '../../src/identity/roles/grant-roles.ts';
import type { Person, World } from '../support/world.ts';
import { newLogin } from '../support/world.ts';

/** Every kind of caller, by the heading of its column. */
export const callerKinds = [
  'anonymous',
  'owner',
  'other',
  'site user',
  'site manager',
  'site admin',
  "other site's user",
  "other site's manager",
  "other site's admin",
  'admin',
  'disabled',
  'one-time password',
  'service',
] as const;

export type CallerKind = (typeof callerKinds)[number];

/** What stands there before each request. */
export interface Stage {
  readonly w: World;
  /** Whom `:user_id` names: somebody with an address and settings, who is on no site. */
  readonly owner: Person & { readonly email: string };
  /** Who made the sites. */
  readonly founder: Person;
  readonly site: string;
  readonly otherSite: string;
}

/** A caller with what proves it: for part A, and for the auth interface. */
export interface Caller {
  readonly person?: Person;
  readonly facade: Record<string, string>;
  readonly auth: Record<string, string>;
}

export async function newStage(w: World): Promise<Stage> {
  const email = `${newLogin()}@example.com`;
  const owner = { ...(await w.person({ login: newLogin(), email })), email };
  const founder = await w.admin();
  const [site = '', otherSite = ''] = [await newSite(w, founder), await newSite(w, founder)];
  return { w, owner, founder, site, otherSite };
}

async function newSite(w: World, founder: Person): Promise<string> {
  const headers = w.byHeader(founder);
  const answer = await w.call({ method: 'POST', path: '/api/v1/sites', headers, json: { name: 'Works' } });
  assert.equal(answer.status, 200, answer.text);
  return String(answer.json.id);
}

export async function newCaller(stage: Stage, kind: CallerKind): Promise<Caller> {
  const { w, site, otherSite } = stage;
  const { context } = w.app;
  const withRole = async (...roles: string[]) => {
    const person = await w.person();
    if (roles.length > 0) await grantRoles(context, { accountId: person.id, roles });
    return signedIn(w, person);
  };
  switch (kind) {
    case 'anonymous':
      return { facade: {}, auth: {} };
    case 'owner':
      return signedIn(w, stage.owner);
    case 'other':
      return withRole();
    case 'site user':
    case 'site manager':
    case 'site admin':
      return withRole(`${site}:${kind.split(' ')[1]}`);
    case "other site's user":
    case "other site's manager":
    case "other site's admin":
      return withRole(`${otherSite}:${kind.split(' ')[2]}`);
    case 'admin':
      return withRole('admin');
    case 'disabled': {
      const caller = await withRole();
      await updateAccount(context, { accountId: caller.person!.id, changes: { active: false } });
      return caller;
    }
    case 'one-time password':
      return restricted(stage);
    case 'service': {
      const authorization = `Bearer ${await w.serviceKey()}`;
      return { facade: { authorization }, auth: { authorization } };
    }
  }
}

async function signedIn(w: World, person: Person): Promise<Caller> {
  return { person, facade: w.byHeader(person), auth: w.byProof(await w.login(person)) };
}

/** The owner, in a session that a one-time password opened. */
async function restricted({ w, owner }: Stage): Promise<Caller> {
  const root = await w.admin();
  await w.call({
    method: 'POST',
    path: `/api/v1/passwords/${owner.id}/temp`,
    headers: w.byHeader(root),
  });
  const temp = (await w.mailsTo(owner.email)).findLast(({ kind }) => kind === 'temp-password')!.values.code!;
  const person = { ...(await w.again({ ...owner, password: temp })), email: owner.email };
  return { person, facade: w.byHeader(person), auth: w.byCookie(person) };
}
