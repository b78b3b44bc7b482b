import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  activate,
  activateOwn,
  done,
  type Invited,
  invitations,
  invite,
  invited,
  own,
  toAnna,
} from '../../support/invitations.ts';
import { haveRoles } from '../../support/people.ts';
import { as, newSite } from '../../support/sites.ts';
import { assertProblem, onEachStore, type Person, type World } from '../../support/world.ts';

type ToAnna = Invited & { readonly anna: Person };

onEachStore('the invitations of the caller', (world) => {
  const idsFor = async (w: World, person: Person, query = '') => {
    const { status, json, text } = await w.call(as(w, person, { ...own, path: `${own.path}${query}` }));
    assert.equal(status, 200, text);
    return (json.data as { id: string }[]).map(({ id }) => id);
  };

  it('are those to the proven address, from every site, and what was asked for', async () => {
    const w = world();
    const given: ToAnna = await toAnna(true)(w);
    const { anna, id, foreign } = given;
    const second = await newSite(w, foreign, { name: 'Second' });
    w.clock.move(1000);
    const other = await done(w, as(w, foreign, invite(second, given.email.toUpperCase(), 'admin')));
    w.clock.move(1000);
    const third = await newSite(w, foreign);
    const asked = await done(w, as(w, anna, invitations('POST', third, '', { action: 'approve' })));
    assert.deepEqual(await idsFor(w, anna), [asked, other, id]);
    assert.deepEqual(await idsFor(w, anna, '?action=activate&take=1'), [other]);
    await done(w, as(w, anna, activateOwn(other)));
    assert.deepEqual(await idsFor(w, anna, '?status=pending'), [asked, id]);
    assert.deepEqual(await idsFor(w, anna, '?status=activated'), [other]);
    for (const junk of ['?user_id=1', '?status=x', '?site_id=1']) {
      assertProblem(await w.call(as(w, anna, { ...own, path: `${own.path}${junk}` })), 400, 'INVALID_DATA');
    }
    assertProblem(await w.call(own), 401, 'NOT_SIGNED');
  });

  it('are not those to an address that is only typed in, nor what somebody else has taken up', async () => {
    const w = world();
    const { anna, nobody, code } = await toAnna(false)(w);
    assert.deepEqual(await idsFor(w, anna), []);
    await done(w, as(w, nobody, activate(code)));
    await w.app.context.transaction((tx) => tx.emailSettings.prove(anna.id, anna.email));
    assert.deepEqual(await idsFor(w, anna), []);
    assert.equal((await idsFor(w, nobody)).length, 1);
  });

  it('tell nobody who asks for a site of his own that somebody else is invited', async () => {
    const w = world();
    const { site, id, neighbour, email } = await invited(w);
    await haveRoles(w, neighbour, `${site}x:admin`);
    const answer = await w.call(as(w, neighbour, invitations('GET', site)));
    assertProblem(answer, 403, 'NOT_IN_SITE_ROLE');
    assert.ok(!answer.text.includes(id) && !answer.text.includes(email));
    assert.deepEqual(await idsFor(w, neighbour), []);
  });
});
