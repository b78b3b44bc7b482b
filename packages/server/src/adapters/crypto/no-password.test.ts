import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adoptHash } from './adopt-hash.ts';
import { isNoPassword } from './no-password.ts';

const sixes = `$6$saltstring$${'a'.repeat(86)}`;

test('what systems write where there is no password is told from a hash, and is never taken for one', () => {
  const markers = ['', ' ', '!', '!!', '*', 'x', '!*', '*LK*', 'NP', `!${sixes}`, `*${sixes}`];
  const django = '!zV1pTJ4xWbJX9d0AmGc1rLqXw2vHnKe8yUo3sQfB';
  for (const hash of [...markers, django, '{CRYPT}!', '{crypt}*', '{CRYPT}x', `{CRYPT}!${sixes}`]) {
    assert.ok(isNoPassword(hash), hash);
    assert.throws(() => adoptHash({ hash }), { code: 'INVALID_DATA' }, hash);
  }
});

test('a hash that is not known is none of them', () => {
  for (const hash of [
    sixes,
    `{CRYPT}${sixes}`,
    'xx',
    'secret',
    '$2b$10$',
    '{SSHA}abc',
    '{SASL}ada@EXAMPLE.COM',
  ])
    assert.ok(!isNoPassword(hash), hash);
});
