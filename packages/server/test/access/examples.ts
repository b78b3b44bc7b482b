import { newAddress, newLogin, newPassword, signUpBody } from '../support/world.ts';
import type { Caller, Stage } from './callers.ts';

/** What a request that is right in every other way holds. */
export interface Example {
  readonly json?: unknown;
  readonly query?: string;
  /** Members of the path besides `user_id` and `site_id`. */
  readonly path?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

type MakeExample = (stage: Stage, caller: Caller) => Example | Promise<Example>;

/** The owner's code of the kind, fresh from the mail. */
async function codeOf({ w, owner }: Stage, kind: string): Promise<string> {
  return (await w.mailsTo(owner.email)).findLast((mail) => mail.kind === kind)!.values.code!;
}

/** An invitation to the site by its founder; its id, and the code of the mail. */
async function invited({ w, founder, site }: Stage, email: string) {
  const path = `/api/v1/sites/${site}/invitations`;
  const headers = w.byHeader(founder);
  const pending = await w.call({ method: 'GET', path: `${path}?status=pending`, headers });
  const list = pending.json.data as { id: string; invitee_email: string }[];
  const known = list.find(({ invitee_email }) => invitee_email === email);
  const sent = async () =>
    (await w.mailsTo(email)).findLast(({ kind }) => kind === 'invitation')!.values.code!;
  if (known !== undefined) return { id: known.id, code: await sent() };
  const json = { invitee_email: email };
  const answer = await w.call({ method: 'POST', path, headers, json });
  return { id: String(answer.json.id), code: await sent() };
}

/** Somebody new who has asked to join the site; the id of that. */
async function asked({ w, site }: Stage): Promise<string> {
  const path = `/api/v1/sites/${site}/invitations`;
  const headers = w.byHeader(await w.person());
  const answer = await w.call({ method: 'POST', path, headers, json: { action: 'approve' } });
  return String(answer.json.id);
}

/** By operation; those that need nothing but their path are not here. */
export const examples: Readonly<Record<string, MakeExample>> = {
  signup: () => ({ json: signUpBody() }),
  signin: ({ owner: { login, password } }) => ({ json: { login, password } }),
  closeSession: async ({ w, owner }) => ({ path: { session_id: (await w.again(owner)).sessionId } }),
  getSessionData: async ({ w, owner }) => ({ path: { session_id: (await w.again(owner)).sessionId } }),
  setSessionData: async ({ w, owner }) => ({
    json: { a: 1 },
    path: { session_id: (await w.again(owner)).sessionId },
  }),
  modifySessionData: async ({ w, owner }) => ({
    json: { a: null },
    path: { session_id: (await w.again(owner)).sessionId },
  }),
  createAccount: () => ({ json: { name: 'Dora', email: newAddress() } }),
  updateAccount: () => ({ json: { name: newLogin() } }),
  validatePassword: () => ({ json: { password: newPassword() } }),
  changePassword: ({ owner }, { person }) => ({
    json: { old_password: (person ?? owner).password, new_password: newPassword() },
  }),
  recoverPassword: ({ owner: { login } }) => ({ json: { login } }),
  resetPassword: async (stage) => {
    const { w, owner } = stage;
    const { login } = owner;
    await w.call({ method: 'POST', path: '/api/v1/passwords/recover', json: { login } });
    return { json: { login, code: await codeOf(stage, 'recover-password'), password: newPassword() } };
  },
  verifyPassword: ({ owner }, { person }) => ({ json: { password: (person ?? owner).password } }),
  setRoles: ({ site }) => ({ json: { roles: [`${site}:user`] } }),
  grantRoles: ({ site }) => ({ json: { roles: [`${site}:user`] } }),
  revokeRoles: ({ site }) => ({ json: { roles: [`${site}:user`] } }),
  createSite: () => ({ json: { name: 'Works' } }),
  findSiteByCode: async ({ w, founder, site }) => {
    const path = `/api/v1/sites/${site}/generate_code`;
    const { json } = await w.call({ method: 'POST', path, headers: w.byHeader(founder) });
    return { query: `?code=${json.code}` };
  },
  validateSiteCode: () => ({ json: { code: newLogin() } }),
  updateSite: () => ({ json: { name: newLogin() } }),
  setSiteUser: () => ({ json: { roles: ['user'] } }),
  removeSiteUser: async ({ w, owner, founder, site }) => {
    const path = `/api/v1/sites/${site}/users/${owner.id}`;
    const headers = w.byHeader(founder);
    await w.call({ method: 'PUT', path, headers, json: { roles: ['user'] } });
    return {};
  },
  createInvitation: () => ({ json: { invitee_email: newAddress() } }),
  notifyInvitation: async ({ w }) => ({ json: { invitee_id: (await w.person()).id } }),
  getSiteInvitation: async (stage) => ({ path: { id: (await invited(stage, newAddress())).id } }),
  withdrawInvitation: async (stage) => ({ path: { id: (await invited(stage, newAddress())).id } }),
  resendInvitation: async (stage) => ({ path: { id: (await invited(stage, newAddress())).id } }),
  approveInvitation: async (stage) => ({ path: { id: await asked(stage) } }),
  denyInvitation: async (stage) => ({ path: { id: await asked(stage) } }),
  activateInvitation: async (stage) => ({ json: { code: (await invited(stage, newAddress())).code } }),
  // Addressed to the owner, who has proven the address.
  activateOwnInvitation: async (stage) => {
    const { w, owner } = stage;
    const { code } = (await w.mailsTo(owner.email)).find(({ kind }) => kind === 'verify-email')!.values;
    const json = { login: owner.login, code, password: owner.password };
    await w.call({ method: 'POST', path: '/api/v1/email_settings/verify', json });
    return { path: { id: (await invited(stage, owner.email)).id } };
  },
  setSettings: () => ({ json: { parameters: { a: 1 } } }),
  modifySettings: () => ({ json: { increment: { a: 1 } } }),
  updateEmailSettings: () => ({ json: { name: newLogin() } }),
  resendVerification: ({ owner: { login } }) => ({ json: { login } }),
  verifyEmail: async (stage) => ({
    json: {
      login: stage.owner.login,
      code: await codeOf(stage, 'verify-email'),
      password: stage.owner.password,
    },
  }),
  login: ({ owner }) => ({ json: { username: owner.login, password: owner.password } }),
  clearSessionById: async ({ w, owner }) => ({ path: { sessionId: (await w.again(owner)).sessionId } }),
  reportVerifier: () => ({ json: { verifier: 'A'.repeat(22), log: 'other', position: 0 } }),
  followRevocations: () => ({ headers: { accept: 'application/json' }, query: '?after=0' }),
};
