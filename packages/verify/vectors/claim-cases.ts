import { credentialHash, type InvalidReason } from '../src/internal.ts';
import { accept, goodClaims, issuerUrl, now, reject, signed, type TokenCase, type World } from './world.ts';

const expMember = '"exp":';

/** Cases about the payload: J-14 to J-18, J-25 to J-33, J-42 and J-43. */
export function claimCases(world: World): TokenCase[] {
  const good = goodClaims(world);
  const text = JSON.stringify(good);
  const raw = (name: string, payload: unknown) => reject(world, name, signed(world, { payload }));
  const having = (claims: object) => signed(world, { payload: { ...good, ...claims } });
  const bad = (claims: object, reason?: InvalidReason) =>
    reject(world, JSON.stringify(claims), having(claims), reason);
  const fine = (claims: object) => accept(world, JSON.stringify(claims), having(claims));
  const without = (name: string) => {
    const { [name]: _, ...rest } = good;
    return raw(`no ${name}`, rest);
  };
  const exp = (literal: string) =>
    raw(`exp ${literal}`, text.replace(/"exp":\d+/, expMember + literal));
  const { session, other } = world;
  const token = signed(world);
  const cookie = (name: string, value: string, reason: InvalidReason) => ({
    ...reject(world, name, token, reason),
    cookie: value,
  });
  const [id, signature] = session.credential.split('.') as [string, string];
  const expired = having({ iat: now - 400, exp: now - 100 });
  const wrongTypes: Record<string, unknown[]> = {
    iss: [1, null, [issuerUrl], {}],
    aud: [1, null, {}, [1], [issuerUrl, null]],
    sub: [
      4503599627370495,
      {},
      [],
      '',
      '0',
      '-1',
      '01',
      '1.0',
      '1e3',
      ' 1',
      '9007199254740992',
      '99999999999999999',
      'a',
      '1\0',
      '\u202e1',
    ],
    sid: [
      [session.id],
      '',
      null,
      session.id.slice(1),
      `${session.id.slice(0, -1)}B`,
      `${session.id}A`,
      'x'.repeat(500),
      '\0'.repeat(22),
    ],
    iat: ['1', null, -1, 1.5, []],
    exp: [String(now + 300), null, -1, 0, now + 0.5, [now + 300], now, {}],
    nbf: ['1', null, 1.5, -1],
    jti: [1, '', null, []],
    rev: ['0', -1, 1.5, null, 2 ** 53],
    cth: [
      '',
      null,
      'x'.repeat(43),
      `${credentialHash(session.credential)}=`,
      credentialHash(session.credential).slice(1),
    ],
    roles: ['admin', null, {}, [1], ['a b'], ['a:b:c'], [''], [':a'], ['a:'], ['a'.repeat(65)]],
    auth_time: ['1', null, -1, 1.5],
    amr: ['pwd', null, [1], {}],
  };
  return [
    fine({ aud: [issuerUrl] }),
    fine({ aud: ['https://other.example.com', issuerUrl] }),
    fine({ nbf: now + 30 }),
    fine({ iat: now + 30, exp: now + 60 }),
    fine({ iat: now - 300, exp: now - 29 }),
    fine({ iat: now, exp: now + 3600 }),
    fine({ roles: [] }),
    fine({ more: { a: [1, { b: null }] }, act: 'é ü 漢 😀' }),
    fine({ constructor: 1, toString: 2, hasOwnProperty: 3 }),
    accept(
      world,
      'members in another order',
      signed(world, { payload: Object.fromEntries(Object.entries(good).reverse()) }),
    ),
    accept(world, 'white space', signed(world, { payload: JSON.stringify(good, null, '\t \r\n') })),
    accept(
      world,
      'escapes in member names',
      signed(world, { payload: text.replace('"iss"', '"\\u0069ss"') }),
    ),
    ...Object.keys(good).map(without),
    ...Object.entries(wrongTypes).flatMap(([name, values]) => values.map((value) => bad({ [name]: value }))),
    ...['1e400', '-1e400', 'NaN', 'Infinity', '9007199254740993', '1e999', '0x6ab'].map(exp),
    bad({ iat: now - 330, exp: now - 30 }, 'expired'),
    bad({ iat: now - 331, exp: now - 31 }, 'expired'),
    bad({ exp: now + 3601 }, 'lifetime-too-long'),
    bad({ exp: 1e15 }, 'lifetime-too-long'),
    bad({ iat: now + 31, exp: now + 60 }, 'not-yet-valid'),
    bad({ nbf: now + 31 }, 'not-yet-valid'),
    bad({ iss: `${issuerUrl}/` }, 'wrong-issuer'),
    bad({ iss: 'https://AUTH.example.com' }, 'wrong-issuer'),
    bad({ iss: 'https://аuth.example.com' }, 'wrong-issuer'),
    bad({ iss: 'https://staging.example.com' }, 'wrong-issuer'),
    bad({ iss: '' }, 'wrong-issuer'),
    bad({ aud: 'https://other.example.com' }, 'wrong-audience'),
    bad({ aud: [] }, 'wrong-audience'),
    bad({ aud: `${issuerUrl}/` }, 'wrong-audience'),
    bad({ sid: other.id }, 'credential-mismatch'),
    bad({ cth: credentialHash(other.credential) }, 'credential-mismatch'),
    cookie('cookie of another session', other.credential, 'credential-mismatch'),
    cookie('cookie with the other signature', `${id}.${other.credential.slice(23)}`, 'credential-mismatch'),
    cookie('no cookie', '', 'malformed-credential'),
    cookie('bare session id as cookie', id, 'malformed-credential'),
    cookie('token as cookie', token, 'malformed-credential'),
    cookie('cookie with padding', `${session.credential}=`, 'malformed-credential'),
    cookie('cookie with unused bits', `${id}.${signature.slice(0, -1)}B`, 'malformed-credential'),
    cookie('cookie of 8 KiB', 'a'.repeat(8192), 'malformed-credential'),
    { ...accept(world, 'expired, for renewal', expired), ignoreExpiry: true },
    {
      ...reject(world, 'expired, for renewal, another cookie', expired, 'credential-mismatch'),
      cookie: other.credential,
      ignoreExpiry: true,
    },
    {
      ...reject(
        world,
        'from the future, for renewal',
        having({ iat: now + 31, exp: now + 60 }),
        'not-yet-valid',
      ),
      ignoreExpiry: true,
    },
    raw('duplicate sub', text.replace('{', '{"sub":"1",')),
    raw('duplicate sub by an escape', text.replace('{', '{"s\\u0075b":"1",')),
    raw('duplicate in a nested object', text.replace('{', '{"x":{"a":1,"a":1},')),
    raw('__proto__', text.replace('{', '{"__proto__":{"sub":"1"},')),
    raw('nested __proto__', text.replace('{', '{"x":[{"__proto__":1}],')),
    ...['[]', '"x"', '1', 'null', '', '{', `[${text}]`].map((payload) =>
      raw(`payload ${payload.slice(0, 9)}`, payload),
    ),
    raw('trailing data', `${text}{}`),
    raw('trailing zero byte', `${text}\0`),
    raw('comment', text.replace('{', '{/**/')),
    raw('trailing comma', text.replace(/}$/, ',}')),
    raw('single quotes', text.replaceAll('"', "'")),
    raw('lone surrogate', text.replace('{', '{"x":"\\ud800",')),
    raw('lone surrogate as a name', text.replace('{', '{"\\udc00":1,')),
    raw('byte order mark', `\ufeff${text}`),
    raw('UTF-16', Buffer.from(text, 'utf16le')),
    raw(
      'invalid UTF-8',
      Buffer.concat([
        Buffer.from(text.replace(/}$/, ',"x":"')),
        Buffer.from([0xc0, 0xaf]),
        Buffer.from('"}'),
      ]),
    ),
    raw(
      'surrogate in UTF-8',
      Buffer.concat([
        Buffer.from(text.replace(/}$/, ',"x":"')),
        Buffer.from([0xed, 0xa0, 0x80]),
        Buffer.from('"}'),
      ]),
    ),
    raw('nested too deep', text.replace('{', `{"x":${'['.repeat(1000)}${']'.repeat(1000)},`)),
  ];
}
