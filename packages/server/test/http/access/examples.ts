import { newLogin, newPassword, signUpBody } from '../support/world.ts';
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

const address = () => `${newLogin()}@example.com`;

/** The owner's code of the kind, fresh from the mail. */
async function codeOf({ w, owner }: Stage, kind: string): Promise<string> {
  return (await w.mailsTo(owner.email)).findLast((mail) => mail.kind === kind)!.values.code!;
}

/** By operation; those that need nothing but their path are not here. */
export const examples: Readonly<Record<string, MakeExample>> = {
  signup: () => ({ json: signUpBody() }),
  signin: ({ owner: { login, password } }) => ({ json: { login, password } }),
  closeSession: async ({ w, owner }) => ({ path: { session_id: (await w.again(owner)).sessionId } }),
  createAccount: () => ({ json: { name: 'Dora', email: address() } }),
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
  setRoles: () => ({ json: { roles: ['reader'] } }),
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
  setSettings: () => ({ json: { parameters: { a: 1 } } }),
  modifySettings: () => ({ json: { increment: { a: 1 } } }),
  updateEmailSettings: () => ({ json: { name: newLogin() } }),
  resendVerification: ({ owner: { login } }) => ({ json: { login } }),
  verifyEmail: async (stage) => ({
    json: { login: stage.owner.login, code: await codeOf(stage, 'verify-email') },
  }),
  login: ({ owner }) => ({ json: { username: owner.login, password: owner.password } }),
  clearSessionById: async ({ w, owner }) => ({ path: { sessionId: (await w.again(owner)).sessionId } }),
  followRevocations: () => ({ headers: { accept: 'application/json' }, query: '?after=0' }),
};
