import assert from 'node:assert/strict';
import { it } from 'node:test';
import { codeFor, done, invitations, invite } from '../../support/invitations.ts';
import { as, sitePeople } from '../../support/sites.ts';
import { assertProblem, newLogin, onEachStore, signUpBody } from '../../support/world.ts';

/** Ways to write one address; the first is the stored one. */
const spell = (name: string) => [
  `${name}@xn--strae-oqa.example`,
  `${name}@straße.example`,
  `\ufeff${name.toUpperCase()}@STRAẞE.example\u200b`,
  `${name}＠XN--STRAE-OQA．EXAMPLE`,
];

onEachStore('an invitation to one mailbox, however its address is written', (world) => {
  it('is one invitation, which the list finds and the code in a sign-up proves', async () => {
    const w = world();
    const { site, manager } = await sitePeople(w);
    const forms = spell(newLogin());
    const ids = [];
    for (const form of forms.slice(0, 3)) ids.push(await done(w, as(w, manager, invite(site, form))));
    assert.equal(new Set(ids).size, 1);
    for (const form of forms.slice(0, 2)) {
      const path = `?search=${encodeURIComponent(form)}`;
      const { json } = await w.call(as(w, manager, invitations('GET', site, path)));
      assert.deepEqual(
        (json.data as { id: string }[]).map(({ id }) => id),
        [ids[0]],
        form,
      );
    }
    const code = await codeFor(w, forms[0]!);
    const body = { ...signUpBody(), email: forms[3], invitation_code: `\u200b${code.toLowerCase()}` };
    const answer = await w.call({ method: 'POST', path: '/api/v1/signup', json: body });
    assert.equal(answer.status, 200, answer.text);
    const [settings, ...others] = await w.app.context.read.emailSettings.listByEmail(forms[0]!);
    assert.deepEqual([settings?.accountId, settings?.verified, others], [answer.json.user_id, true, []]);
  });

  it('counts towards the limit of four a day', async () => {
    const w = world();
    const { site, manager } = await sitePeople(w);
    const forms = spell(newLogin());
    for (const form of forms) await done(w, as(w, manager, invite(site, form)));
    for (const form of forms) {
      assertProblem(await w.call(as(w, manager, invite(site, form))), 429, 'TOO_MANY_REQUESTS');
    }
  });
});
