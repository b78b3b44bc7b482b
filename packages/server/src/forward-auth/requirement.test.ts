import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Authenticated } from '@latchkey/verify';
import { parseRequirement, RequirementError } from './requirement.ts';

function callerWith(roles: readonly string[], age = 0): Authenticated {
  return { roles, authTime: Date.now() / 1000 - age } as Authenticated;
}

test('says what is missing', () => {
  const table: [text: string, roles: string[], age: number, code: string | undefined][] = [
    ['', [], 0, undefined],
    ['role=admin', ['admin'], 0, undefined],
    ['role=admin', ['77:admin'], 0, 'NOT_IN_ROLE'],
    ['role=site:manager&site=77', ['77:manager'], 0, undefined],
    ['role=site%3Amanager&site=77', ['77:admin'], 0, undefined],
    ['role=site:manager&site=77', ['77:user', '78:manager'], 0, 'NOT_IN_SITE_ROLE'],
    ['role=site:manager&site=', [':manager'], 0, 'NOT_IN_SITE_ROLE'],
    ['role=site:manager&site=%20', ['77:manager'], 0, 'NOT_IN_SITE_ROLE'],
    ['fresh=5m', [], 310, 'REAUTH_REQUIRED'],
    ['role=admin&fresh=5m', ['admin'], 290, undefined],
  ];
  for (const [text, roles, age, code] of table) {
    assert.equal(parseRequirement(text).refuse(callerWith(roles, age))?.code, code, text);
  }
});

test('allows nobody when told, and then asks for nothing else', () => {
  assert.equal(parseRequirement('optional=true').optional, true);
  assert.equal(parseRequirement('role=admin').optional, false);
  assert.equal(parseRequirement('role=admin&signed_out=redirect').redirect, true);
  assert.equal(parseRequirement('role=admin').redirect, false);
});

test('is refused when it is unknown, repeated, malformed or contradictory', () => {
  const bad = [
    'x=1',
    'Role=admin',
    'role',
    'role=',
    'role=a b',
    'role=admin&role=admin',
    'role=admin&site=77',
    'role=site:manager',
    'role=site:manager&site=77&site=78',
    'site=77',
    'fresh=5',
    'fresh=soon',
    'optional',
    'optional=false',
    'role=admin&optional=true',
    'role=site:manager&site=77&optional=true',
    'fresh=5m&optional=true',
    'role=admin, role=user',
    'signed_out=no',
    'signed_out=redirect&optional=true',
  ];
  for (const text of bad) assert.throws(() => parseRequirement(text), RequirementError, text);
});
