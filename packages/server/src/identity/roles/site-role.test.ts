import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SiteId } from '../../kernel/ids.ts';
import { hasRank, holdsRole, mayGive, nameOf, rolesOn, siteRole, withRole } from './site-role.ts';

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

test('a role is given by an admin, or by a manager where it is none above', () => {
  const table: Record<string, readonly string[]> = {
    admin: ['user', 'manager', 'admin', 'auditor'],
    '1:admin': ['user', 'manager', 'admin', 'auditor'],
    '1:manager': ['user', 'manager'],
    '1:user': [],
    '1:auditor': [],
    '10:admin': [],
    '1:Admin': [],
    manager: [],
  };
  for (const [held, gives] of Object.entries(table)) {
    for (const name of ['user', 'manager', 'admin', 'auditor']) {
      assert.equal(mayGive([held], one, name), gives.includes(name), `${held} gives ${name}`);
    }
  }
});

test('a rank takes the place of those beneath it, and is not put beneath another', () => {
  const others = ['admin', '10:user', '2:admin'];
  const cases: readonly [readonly string[], string, readonly string[]][] = [
    [[], 'user', ['user']],
    [['user'], 'manager', ['manager']],
    [['manager'], 'user', ['manager']],
    [['admin'], 'manager', ['admin']],
    [['user', 'auditor'], 'admin', ['auditor', 'admin']],
    [['user'], 'auditor', ['user', 'auditor']],
    [['auditor'], 'auditor', ['auditor']],
    [['auditor'], 'user', ['auditor', 'user']],
  ];
  for (const [present, name, expected] of cases) {
    const roles = [...others, ...present.map((role) => siteRole(one, role))];
    const what = `${present} with ${name}`;
    assert.deepEqual(withRole(roles, one, name).map(nameOf), expected, what);
    assert.equal(holdsRole(roles, one, name), expected.join() === present.join(), what);
  }
});
