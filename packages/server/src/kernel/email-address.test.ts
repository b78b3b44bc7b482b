import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loginKeyOf } from '../identity/accounts/account.ts';
import { checkEmail, emailKeyOf, withReadableDomain } from './email-address.ts';
import { AppError } from './errors.ts';

const label63 = 'a'.repeat(63);

/** Addresses, and the form in which they are stored. */
const taken: Readonly<Record<string, string>> = {
  'ada@example.com': 'ada@example.com',
  ' Ada@EXAMPLE.com ': 'Ada@example.com',
  "o'neil+tag@mail.example.com": "o'neil+tag@mail.example.com",
  'ada@bücher.example': 'ada@xn--bcher-kva.example',
  'ADA@BÜCHER.EXAMPLE': 'ADA@xn--bcher-kva.example',
  'ada@xn--bcher-kva.example': 'ada@xn--bcher-kva.example',
  'ada@XN--BCHER-KVA.example': 'ada@xn--bcher-kva.example',
  'ada@bu\u0308cher.example': 'ada@xn--bcher-kva.example',
  'ada＠ＥＸＡＭＰＬＥ．com': 'ada@example.com',
  'ada@例え。jp': 'ada@xn--r8jz45g.jp',
  'ada@ΣΟΦΟΣ.gr': 'ada@xn--0xaakcn.gr',
  'ada@straße.de': 'ada@xn--strae-oqa.de',
  'ada@пример.рф': 'ada@xn--e1afmkfd.xn--p1ai',
  // In German a letter of its own, small and capital; the two letters are another domain.
  'ada@STRAẞE.de': 'ada@xn--strae-oqa.de',
  'ada@strasse.de': 'ada@strasse.de',
  'ada@xn--strae-oqa.de': 'ada@xn--strae-oqa.de',
  'ada@σοφος.gr': 'ada@xn--0xaajbq.gr',
  // A joiner where Persian needs it.
  'ada@نامه\u200cای.com': 'ada@xn--mgba3gch31f060k.com',
  'ada@🍕.example': 'ada@xn--vi8h.example',
  'ada@bücher。example': 'ada@xn--bcher-kva.example',
  'ada@bücher．example': 'ada@xn--bcher-kva.example',
  '\u212Aate@example.com': 'Kate@example.com',
  'oﬃce@example.com': 'office@example.com',
  // What is pasted along.
  '\ufeffada@example.com\u200b': 'ada@example.com',
  '\u202aada@example.com\u202c\n': 'ada@example.com',
  '\u00adada@example.com\u00a0\u200e': 'ada@example.com',
  // A Cyrillic letter in a well-known name: the stored form shows it.
  'ada@\u0430pple.com': 'ada@xn--pple-43d.com',
  [`ada@${label63}.com`]: `ada@${label63}.com`,
  [`${'a'.repeat(64)}@example.com`]: `${'a'.repeat(64)}@example.com`,
};

const [noAddress, noDot, noDomain, noAscii] = [
  /one e-mail address/,
  /a dot in its domain/,
  /can be in DNS/,
  /only ASCII characters before the @/,
];
const refused: readonly (readonly [string, RegExp])[] = [
  ...['', '@', 'ada', 'ada@', '@example.com', 'ada example.com', 'a b@example.com', 'ada@exa mple.com'].map(
    (text) => [text, noAddress] as const,
  ),
  ...['a@b', 'user@localhost', 'ada@bücher', 'ada@com'].map((text) => [text, noDot] as const),
  ...['a@b@example.com', '"a b"@example.com', 'ada@[127.0.0.1]', 'ada@[IPv6:::1]', 'ada@example.com/x'].map(
    (text) => [text, noAddress] as const,
  ),
  ...['ada@example.com:25', 'ada@exa%6dple.com', 'ada@exa_mple.com', 'ada@example.com\\x', 'ada@a.b?c'].map(
    (text) => [text, noAddress] as const,
  ),
  ...['ada@127.0.0.1', 'ada@0x7f.1', 'ada@1.2.3', 'ada@example.com.', 'ada@.example.com'].map(
    (text) => [text, noDomain] as const,
  ),
  ...['ada@exa..mple.com', 'ada@-example.com', 'ada@example-.com', `ada@a${label63}.com`].map(
    (text) => [text, noDomain] as const,
  ),
  [`ada@${'ä'.repeat(60)}.de`, noDomain],
  // Punycode that stands for nothing, for ASCII, for what is written otherwise; two directions in one label.
  ...['ada@xn--zzzzzzzzz.example', 'ada@xn--abc-.de', 'ada@xn--a.de', 'ada@xn--.de', 'ada@א1a.com'].map(
    (text) => [text, noAddress] as const,
  ),
  ...['.ada@example.com', 'ada.@example.com', 'a..da@example.com', `${'a'.repeat(65)}@example.com`].map(
    (text) => [text, noAddress] as const,
  ),
  ...['\u0430da@example.com', 'zoë@example.com', 'a\u200bda@example.com'].map(
    (text) => [text, noAscii] as const,
  ),
  // Characters that nobody sees, and those that a mail's header would be broken by.
  ...['ada@exam\u200bple.com', 'ada@exam\u00adple.com', 'ada@exam\u202eple.com', 'ada@exam\u200dple.com'].map(
    (text) => [text, noAddress] as const,
  ),
  ...[
    'ada@example.com\r\nBcc: eve@example.com',
    'ada@example.com,eve@example.com',
    'Ada <ada@example.com>',
  ].map((text) => [text, noAddress] as const),
  [`${'a'.repeat(64)}@${`${'b'.repeat(60)}.`.repeat(4)}com`, noAddress],
  ['x'.repeat(5000), noAddress],
];

for (const [typed, stored] of Object.entries(taken)) {
  test(`${JSON.stringify(typed.slice(0, 40))} is stored as one form, which is also the key of such a login`, () => {
    assert.equal(checkEmail(typed), stored);
    assert.equal(checkEmail(stored), stored);
    assert.equal(loginKeyOf(typed), emailKeyOf(stored));
    assert.equal(checkEmail(withReadableDomain(stored)), stored);
    assert.equal(loginKeyOf(loginKeyOf(typed)!), loginKeyOf(typed));
  });
}

for (const [typed, message] of refused) {
  test(`${JSON.stringify(typed.slice(0, 40))} is refused with the reason`, () => {
    assert.throws(
      () => checkEmail(typed, 'invitee_email'),
      (error) => {
        assert.ok(error instanceof AppError);
        const [failure] = error.details.errors ?? [];
        assert.equal(error.code, 'INVALID_DATA');
        assert.equal(failure?.field, 'invitee_email');
        assert.match(failure!.message, message);
        return true;
      },
    );
  });
}

test('the dot of the root makes no second login of an address', () => {
  for (const login of ['ada@bücher.example.', 'ada@XN--BCHER-KVA.example.', 'ada@bücher.example。']) {
    assert.equal(loginKeyOf(login), 'ada@xn--bcher-kva.example', login);
  }
  assert.equal(loginKeyOf('ada@.'), 'ada@.');
});

test('a login with an @ that is no address stays what it was', () => {
  for (const login of ['@ada', 'ada@', 'a@b', 'ada@team/one', 'ada@1.2.3', 'ada@Büro']) {
    assert.ok(loginKeyOf(login), login);
  }
  assert.equal(loginKeyOf('ada@1.2.3'), 'ada@1.2.3');
  assert.equal(loginKeyOf('Ada@XN--ZZZZZZZZZ.example'), 'ada@xn--zzzzzzzzz.example');
  assert.equal(loginKeyOf('ada@exam\u200bple.com'), undefined);
});
