import { credentialHash, type InvalidReason } from '../src/internal.ts';
import { accept, goodClaims, ISSUER, NOW, reject, signed, type TokenCase, type World } from './world.ts';

const TEXT = '"exp":';

/** Cases about the payload: J-14 to J-18, J-25 to J-33, J-42 and J-43. */
export function claimCases(world: World): TokenCase[] {
  const good = goodClaims(world);
  const text = JSON.stringify(good);
  const raw = (name: string, payload: unknown): TokenCase => reject(world, name, signed(world, { payload }));
  const having = (claims: object): string => signed(world, { payload: { ...good, ...claims } });
  const bad = (claims: object, reason?: InvalidReason): TokenCase =>
    reject(world, JSON.stringify(claims), having(claims), reason);
  const fine = (claims: object): TokenCase => accept(world, JSON.stringify(claims), having(claims));
  const without = (name: string): TokenCase => {
    const { [name]: _, ...rest } = good;
    return raw(`no ${name}`, rest);
  };
  const exp = (literal: string): TokenCase =>
    raw(`exp ${literal}`, text.replace(/"exp":\d+/, TEXT + literal));
  const { session, other } = world;
  const token = signed(world);
  const cookie = (name: string, value: string, reason: InvalidReason): TokenCase => ({
    ...reject(world, name, token, reason),
    cookie: value,
  });
  const [id, signature] = session.credential.split('.') as [string, string];
  const expired = having({ iat: NOW - 400, exp: NOW - 100 });
  const wrongTypes: Record<string, unknown[]> = {
    iss: [1, null, [ISSUER], {}],
    aud: [1, null, {}, [1], [ISSUER, null]],
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
    exp: [String(NOW + 300), null, -1, 0, NOW + 0.5, [NOW + 300], NOW, {}],
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
    fine({ aud: [ISSUER] }),
    fine({ aud: ['https://other.example.com', ISSUER] }),
    fine({ nbf: NOW + 30 }),
    fine({ iat: NOW + 30, exp: NOW + 60 }),
    fine({ iat: NOW - 300, exp: NOW - 29 }),
    fine({ iat: NOW, exp: NOW + 3600 }),
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
    bad({ iat: NOW - 330, exp: NOW - 30 }, 'expired'),
    bad({ iat: NOW - 331, exp: NOW - 31 }, 'expired'),
    bad({ exp: NOW + 3601 }, 'lifetime-too-long'),
    bad({ exp: 1e15 }, 'lifetime-too-long'),
    bad({ iat: NOW + 31, exp: NOW + 60 }, 'not-yet-valid'),
    bad({ nbf: NOW + 31 }, 'not-yet-valid'),
    bad({ iss: `${ISSUER}/` }, 'wrong-issuer'),
    bad({ iss: 'https://AUTH.example.com' }, 'wrong-issuer'),
    bad({ iss: 'https://аuth.example.com' }, 'wrong-issuer'),
    bad({ iss: 'https://staging.example.com' }, 'wrong-issuer'),
    bad({ iss: '' }, 'wrong-issuer'),
    bad({ aud: 'https://other.example.com' }, 'wrong-audience'),
    bad({ aud: [] }, 'wrong-audience'),
    bad({ aud: `${ISSUER}/` }, 'wrong-audience'),
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
        having({ iat: NOW + 31, exp: NOW + 60 }),
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
