import assert from 'node:assert/strict';
import { revokeRoles } from '../../../src/identity/roles/revoke-roles.ts';
import { refused, run, scenario } from '../../support/scenario.ts';
import { onEachStore } from '../../support/world.ts';

const current = { method: 'GET', path: '/api/v1/sessions/current' };

onEachStore('the current session', (world) => {
  run(world, [
    scenario({
      name: 'shows the public id, also to a caller that sent the credential',
      given: (w) => w.person(),
      request: (person, w) => ({ ...current, headers: w.byHeader(person) }),
      body: ({ sessionId, id, name }) => ({ id: sessionId, user_id: id, user_name: name, active: true }),
      afterwards: ({ credential }, answer) => assert.ok(!answer.text.includes(credential.slice(23))),
    }),
    scenario({
      name: 'shows roles as they are now',
      given: async (w) => {
        const root = await w.admin();
        await w.admin();
        await revokeRoles(w.app.context, { accountId: root.id, roles: ['admin'] });
        return root;
      },
      request: (person, w) => ({ ...current, headers: w.byHeader(person) }),
      body: { user: { roles: [] } },
    }),
    refused('nobody has one', current, 'NOT_SIGNED'),
  ]);
});
