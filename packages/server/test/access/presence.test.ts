/**
 * What changes who may do what needs more than a session that was left open: every operation that changes anything is
 * here, either as one that wants a recent proof of presence, or with the reason why not.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertProblem, newAddress, newLogin, openWorld, type World } from '../support/world.ts';
import { newCaller, newStage } from './callers.ts';
import { type Operation, operationsOf, requestFor } from './operations.ts';

const minute = 60_000;

/** What makes the example one that needs presence, where it does not by itself. */
const wanting: Readonly<Record<string, unknown>> = {
  setRoles: undefined,
  grantRoles: undefined,
  revokeRoles: undefined,
  setSiteUser: undefined,
  removeSiteUser: undefined,
  deleteSite: undefined,
  createInvitation: undefined,
  notifyInvitation: undefined,
  approveInvitation: undefined,
  createAccount: undefined,
  updateAccount: { active: false },
  deleteAccount: undefined,
  updateEmailSettings: { email: newAddress() },
  giveTempPassword: undefined,
  unlockPassword: undefined,
  closeSession: undefined,
  closeSessions: undefined,
};

const proves = 'it takes a proof of its own';
const own = "it changes the caller's own sessions";
const data = 'it stores data, which opens nothing';
const less = 'it gives nobody anything';

const others: Readonly<Record<string, string>> = {
  signup: proves,
  signin: proves,
  login: proves,
  verifyPassword: proves,
  changePassword: proves,
  resetPassword: proves,
  verifyEmail: proves,
  activateInvitation: proves,
  activateOwnInvitation: 'the address was proven',
  whoAmI: own,
  signout: own,
  logout: own,
  restoreSession: own,
  clearSessionById: own,
  clearAllSessionsExceptThemselves: own,
  authenticate: 'it only reads',
  validatePassword: 'it only reads',
  validateSiteCode: 'it only reads',
  recoverPassword: 'the code goes to the mailbox',
  resendVerification: 'the code goes to the mailbox',
  resendInvitation: 'the offer stays what it is',
  withdrawInvitation: less,
  denyInvitation: less,
  removeSite: less,
  createSite: 'nobody else is on it',
  updateSite: data,
  generateSiteCode: 'who knows it may only ask to join',
  setSessionData: data,
  modifySessionData: data,
  setSettings: data,
  modifySettings: data,
  reportVerifier: 'a service calls',
};

describe('a session that was left open', () => {
  let w: World;
  let operations: Operation[];

  before(async () => {
    w = await openWorld({ engine: 'sqlite' });
    operations = (await operationsOf(w)).filter(({ method }) => method !== 'GET');
  });
  after(() => w.close());

  it('is considered for every operation that changes anything', () => {
    const listed = [...Object.keys(wanting), ...Object.keys(others)];
    assert.deepEqual(operations.map(({ operationId }) => operationId).toSorted(), listed.toSorted());
  });

  for (const [name, json] of Object.entries(wanting)) {
    it(`is not enough for ${name}, even an admin's`, async () => {
      const operation = operations.find(({ operationId }) => operationId === name)!;
      const stage = await newStage(w);
      const caller = await newCaller(stage, 'admin');
      const request = await requestFor(stage, caller, operation);
      const changed = json === undefined ? request : { ...request, json };
      w.clock.move(5 * minute + 1000);
      const before = await stored();
      assertProblem(await w.call(changed), 403, 'REAUTH_REQUIRED');
      assert.deepEqual(await stored(), before);
      const { password } = caller.person!;
      const path = '/api/v1/passwords/verify';
      const proof = await w.call({ method: 'POST', path, headers: caller.facade, json: { password } });
      assert.ok(proof.status < 300, proof.text);
      const answer = await w.call(changed);
      assert.ok(answer.status < 300, answer.text);
    });
  }

  it('is enough to ask to join a site', async () => {
    const stage = await newStage(w);
    const headers = w.byHeader(await w.person({ login: newLogin() }));
    w.clock.move(6 * minute);
    const path = `/api/v1/sites/${stage.site}/invitations`;
    const answer = await w.call({ method: 'POST', path, headers, json: { action: 'approve' } });
    assert.equal(answer.status, 200, answer.text);
  });

  /** What an admin could have changed: accounts, roles, and the end of the log. */
  async function stored(): Promise<unknown> {
    const { read } = w.app.context;
    const page = { skip: 0, take: 100, total: false };
    return [
      await read.accounts.list({}, page),
      await read.roles.list({}, page),
      (await read.log.state()).head,
    ];
  }
});
