import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  activate,
  ask,
  codeFor,
  done,
  invitations,
  invite,
  newAddress,
  storedInvitation,
} from '../../support/invitations.ts';
import { as, newSite, personWith, sitePeople } from '../../support/sites.ts';
import { everythingStored } from '../../support/stored.ts';
import { assertProblem, newLogin, onEachStore, type Person, type World } from '../../support/world.ts';

const erase = async (w: World, root: Person, { id }: Person) => {
  const request = { method: 'DELETE', path: `/api/v1/accounts/${id}` };
  assert.equal((await w.call(as(w, root, request))).status, 204);
};

onEachStore('a deleted person and invitations', (world) => {
  it('is found in none of them, whether invited, added, asking or inviting', async () => {
    const w = world();
    const { site, admin, foreign, root } = await sitePeople(w);
    const [name, mail] = [`zqname${newLogin()}`, `zqmail${newLogin()}`];
    const email = `${mail}@example.com`;
    const anna = await w.person({ name, email });
    await w.app.context.transaction((tx) => tx.emailSettings.prove(anna.id, email));
    const second = await newSite(w, foreign);
    const third = await newSite(w, foreign);
    const named = { invitee_email: email, invitee_name: name };
    const gone = [
      await done(w, as(w, foreign, invitations('POST', third, '', named))),
      await done(w, as(w, anna, ask(site))),
      await done(w, as(w, foreign, invitations('POST', second, '/notify', { invitee_id: anna.id }))),
    ];
    await done(w, as(w, admin, invitations('POST', site, '', named)));
    await done(w, as(w, anna, activate(await codeFor(w, email))));
    const before = await everythingStored(w);
    for (const mark of [name, mail]) assert.ok(before.includes(mark), mark);
    await erase(w, root, anna);
    const after = await everythingStored(w);
    for (const mark of [name, mail]) assert.ok(!after.includes(mark), mark);
    for (const id of gone) assert.equal(await storedInvitation(w, id), undefined);
    assert.deepEqual((await w.call(as(w, admin, invitations('GET', site)))).json.data, []);
  });

  it('leaves invitations that were taken up, without a name, and none that wait', async () => {
    const w = world();
    const { site, admin, nobody, foreign, root } = await sitePeople(w);
    const manager = await personWith(w, `${site}:manager`);
    const [first, second] = [newAddress(), newAddress()];
    const taken = await done(w, as(w, manager, invite(site, first)));
    await done(w, as(w, nobody, activate(await codeFor(w, first))));
    const waiting = await done(w, as(w, manager, invite(site, second)));
    const code = await codeFor(w, second);
    await erase(w, root, manager);
    assert.equal(await storedInvitation(w, waiting), undefined);
    assertProblem(await w.call(as(w, foreign, activate(code))), 400, 'WRONG_CODE');
    const { json } = await w.call(as(w, admin, invitations('GET', site, `/${taken}`)));
    assert.deepEqual([json.creator_id, json.creator_name], [manager.id, '']);
  });

  it('whose address was only typed in takes nobody else’s invitation along', async () => {
    const w = world();
    const { site, admin, nobody, root } = await sitePeople(w);
    const email = newAddress();
    const id = await done(w, as(w, admin, invite(site, email)));
    await erase(w, root, await w.person({ email }));
    assert.equal((await storedInvitation(w, id))?.status, 'pending');
    await done(w, as(w, nobody, activate(await codeFor(w, email))));
  });
});
