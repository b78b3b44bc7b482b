import assert from 'node:assert/strict';
import { listMails, type ReadableMail } from '../../src/identity/mails/list-mails.ts';
import type { MailKind } from '../../src/identity/mails/mail.ts';
import type { InvitationId } from '../../src/kernel/ids.ts';
import type { Request } from './client.ts';
import { as, type SitePeople, sitePeople } from './sites.ts';
import { newLogin, type Person, type World } from './world.ts';

/** Somebody with an address, and what it is. */
export interface Addressed extends Person {
  readonly email: string;
}

export const newAddress = () => `${newLogin()}@example.com`;

/** A request about invitations to a site. */
export const invitations = (method: string, site: string, path = '', json?: unknown): Request => ({
  method,
  path: `/api/v1/sites/${site}/invitations${path}`,
  ...(json !== undefined && { json }),
});

export const invite = (site: string, email: string, role?: string) =>
  invitations('POST', site, '', { invitee_email: email, ...(role !== undefined && { role }) });

export const ask = (site: string, role?: string) =>
  invitations('POST', site, '', { action: 'approve', ...(role !== undefined && { role }) });

export const activate = (code: string): Request => ({
  method: 'POST',
  path: '/api/v1/invitations/activate',
  json: { code },
});

export const activateOwn = (id: string): Request => ({
  method: 'POST',
  path: `/api/v1/invitations/${id}/activate`,
});

export const own: Request = { method: 'GET', path: '/api/v1/invitations' };

/** Somebody new whose mailbox has proven itself, or has not. */
export async function withAddress(w: World, verified: boolean, email = newAddress()): Promise<Addressed> {
  const person = await w.person({ email });
  if (verified) await w.app.context.transaction((tx) => tx.emailSettings.prove(person.id, email));
  return { ...person, email };
}

/** Everybody about a site, and an invitation there: its id and code. */
export interface Invited extends SitePeople {
  readonly email: string;
  readonly id: string;
  readonly code: string;
}

/** Invites an address that nobody has, or the given one, as a manager's user unless told. */
export async function invited(
  w: World,
  options: { readonly email?: string; readonly role?: string; readonly by?: 'manager' | 'admin' } = {},
): Promise<Invited> {
  const people = await sitePeople(w);
  const { email = newAddress(), role = 'user', by = 'manager' } = options;
  const id = await done(w, as(w, people[by], invite(people.site, email, role)));
  return { ...people, email, id, code: await codeFor(w, email) };
}

/** Sends a request that must succeed; the id of what it is about. */
export async function done(w: World, request: Request): Promise<string> {
  const answer = await w.call(request);
  assert.equal(answer.status, 200, answer.text);
  return String(answer.json.id);
}

/** The mails of a kind to an address, newest first. */
export async function mailsTo(w: World, email: string, kind: MailKind): Promise<ReadableMail[]> {
  const page = { skip: 0, take: 100, total: false };
  const { data } = await listMails(w.app.context, { filter: {}, page });
  return data.filter(({ mail, content }) => mail.kind === kind && content?.to === email);
}

/** The code that was mailed to the address last. */
export async function codeFor(w: World, email: string): Promise<string> {
  const [newest] = await mailsTo(w, email, 'invitation');
  assert.ok(newest?.content, 'a mail is in the queue');
  return newest.content.values.code!;
}

/** The invitation as it is stored. */
export const storedInvitation = (w: World, id: string) =>
  w.app.context.read.invitations.find(id as InvitationId);

/** That the invitation still waits, and for nobody that is known. */
export async function assertPending(w: World, id: string): Promise<void> {
  const invitation = await storedInvitation(w, id);
  assert.equal(invitation?.status, 'pending');
  assert.equal(invitation?.inviteeId, undefined);
}

export const rolesChanged = ({ id }: Person) => [{ user: id, reason: 'roles-changed' }];
