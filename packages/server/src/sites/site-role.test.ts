import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SiteId } from '../kernel/ids.ts';
import { hasRank, nameOf, rolesOn, siteRole } from './site-role.ts';

const one = '1' as SiteId;

test('admin includes manager, and manager includes user', () => {
  const table: Record<string, readonly string[]> = {
    admin: ['user', 'manager', 'admin'],
    manager: ['user', 'manager'],
    user: ['user'],
    auditor: [],
  };
  for (const [role, holds] of Object.entries(table)) {
    for (const rank of ['user', 'manager', 'admin'] as const) {
      assert.equal(hasRank([siteRole(one, role)], one, rank), holds.includes(rank), `${role} as ${rank}`);
    }
  }
});

test('a role counts on its own site alone, whatever the ids have in common', () => {
  for (const role of [
    '10:admin',
    '11:admin',
    ':admin',
    'admin',
    '1',
    '01:admin',
    '1:admins',
    'x1:admin',
    '1:Admin',
  ]) {
    assert.equal(hasRank([role], one, 'user'), false, role);
  }
  assert.deepEqual(rolesOn(['10:admin', '1:user', 'admin', '1:x', '11:1'], one), ['1:user', '1:x']);
  assert.equal(nameOf('1:manager'), 'manager');
});
