import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLoopback } from './loopback.ts';
import { trustFor } from './trust.ts';

const near = [
  'localhost',
  'LOCALHOST',
  'localhost.',
  'mail.localhost',
  'localhost.localdomain',
  'localhost6',
  '127.0.0.1',
  '127.0.0.53',
  '127.1',
  '2130706433',
  '0x7f000001',
  '::1',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '::ffff:127.0.0.1',
  '[::ffff:7f00:1]',
];
const far = [
  '',
  'localhost.example.com',
  'notlocalhost',
  'localhostx',
  '127.example.com',
  '128.0.0.1',
  '10.0.0.1',
  '0.0.0.0',
  '::',
  '::2',
  '::ffff:10.0.0.1',
  'a b',
];

test('this machine is known by its names, and by its addresses however they are written', () => {
  assert.deepEqual(
    near.filter((host) => !isLoopback(host)),
    [],
  );
  assert.deepEqual(far.filter(isLoopback), []);
});

test('certificates are checked everywhere else, and here where authorities are named', () => {
  assert.deepEqual(trustFor('127.0.0.1', undefined), { rejectUnauthorized: false });
  assert.deepEqual(trustFor('127.0.0.1', 'pem'), { ca: 'pem' });
  assert.deepEqual(trustFor('mail.example.com', 'pem'), { ca: 'pem' });
  assert.deepEqual(trustFor('mail.example.com', undefined), {});
});
