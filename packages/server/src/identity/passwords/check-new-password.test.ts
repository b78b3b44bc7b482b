import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { checkNewPassword } from './check-new-password.ts';

const file = readFileSync(new URL('./common-passwords.txt', import.meta.url), 'utf8');
const list = file.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

function codeOf(password: string, minLength = 8, owner = {}): string | undefined {
  try {
    checkNewPassword(password, minLength, owner);
    return undefined;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

test('the list is long enough, folded, without repetition, and says where it comes from', () => {
  const known = new Set(list);
  assert.ok(known.size >= 3000, String(known.size));
  assert.equal(known.size, list.length);
  for (const password of list) {
    assert.ok([...password].length >= 4, password);
    assert.equal(password, password.normalize('NFKC').toLowerCase());
    assert.ok(!password.includes('#'), password);
  }
  // So each of them is a line between two others, which is what is looked for.
  assert.ok(file.startsWith('#') && file.endsWith('\n') && !file.includes('\r'));
  assert.match(
    file,
    /^# .*\n# Made from .*@zxcvbn-ts\/language-common 4\.1\.3.*\n(?:#.*\n)*# Permission is hereby granted/,
  );
  assert.ok(Buffer.byteLength(file) < 1024 * 1024);
});

/** A look-up scans the whole text, so that only some are looked up: the first, the last and those between in steps. */
const someOf = (passwords: readonly string[], step: number) =>
  passwords.filter((_, i) => i % step === 0 || i === passwords.length - 1);

test('those of the list are refused, in any case', () => {
  for (const [i, password] of someOf(list, 59).entries()) {
    assert.equal(codeOf(i % 2 ? password : password.toUpperCase(), 4), 'PASSWORD_TOO_COMMON', password);
  }
});

test('and so are they when they are made long enough', () => {
  const long = list
    .filter((password) => /^[a-z]{4,12}$/.test(password))
    .map((password, i) =>
      i % 2 ? `${password}${'1234567890'.repeat(2)}`.slice(0, 15) : `${password}!!`.repeat(4),
    );
  assert.ok(long.length > 10_000, String(long.length));
  for (const password of someOf(long, 101)) {
    assert.equal(codeOf(password, 15), 'PASSWORD_TOO_COMMON', password);
  }
});

test('walks over the keyboard are refused, also around a common one', () => {
  for (const password of [
    'qwertyuiopasdfgh',
    '1q2w3e4r5t6y7u8i',
    '1qaz2wsx3edc4rfv',
    'zaq12wsxcde34rfv',
    'qwertzuiopasdfgh',
    '098765432109876',
    'admin-qwertyuiop',
    'qwerty1234567890',
  ]) {
    assert.equal(codeOf(password, 15), 'PASSWORD_TOO_COMMON', password);
  }
  for (const password of ['839201748392017', 'winter qwerty mountain', 'were we poor trees?']) {
    assert.equal(codeOf(password, 15), undefined, password);
  }
});

test('so are its spellings in compatibility forms, repetitions, and digits or punctuation around one', () => {
  for (const password of [
    'ｐａｓｓｗｏｒｄ',
    'passwordpassword',
    'sunshinesunshinesunshine',
    'Password1234567',
    '!!iloveyou!!',
    '2026 sunshine 2026',
  ]) {
    assert.equal(codeOf(password), 'PASSWORD_TOO_COMMON', password);
  }
});

test('what only holds a common one is taken, and so is what looks like a part of the file', () => {
  for (const password of [
    'mysunshine of your love',
    'password\niloveyou',
    'correct horse battery staple',
    '# Copyright (c) 2021 @zxcvbn-ts',
    'including without',
  ]) {
    assert.equal(codeOf(password), undefined, password);
  }
});

test("names of the owner count, and a part of them doesn't", () => {
  const owner = { login: 'Hildegard.B@example.org', name: 'Hilde' };
  for (const password of ['hildegard.b 2026', 'HildeHilde12', 'hildegard.b@example.org']) {
    assert.equal(codeOf(password, 8, owner), 'PASSWORD_TOO_COMMON', password);
  }
  assert.equal(codeOf('hildegard of bingen', 8, owner), undefined);
  assert.equal(codeOf('hildegard.b 2026'), undefined);
});
