import type { World } from './world.ts';

type Header = [name: string, value: string];

interface Case {
  readonly name: string;
  readonly headers: readonly Header[];
  readonly cookieNames: readonly string[];
  readonly token: string | null;
  readonly credential: string | null;
  readonly refused?: 'ambiguous' | 'malformed';
}

const names = ['x-session-id'];
const secureNames = ['__Host-x-session-id', 'x-session-id'];

/** Values of a header or a cookie, and of Bearer, that stand for none. */
const absent = ['', 'null', 'undefined'];
/** What browsers, gateways and command lines send in `Authorization` that is not for Latchkey. */
const foreign = [
  'Basic YTpi',
  'Negotiate YIIJvwYGKwYBBQUC',
  'NTLM TlRMTVNTUAABAAAA',
  'Digest username="ada", realm="a, b", nonce="dcd98b", uri="/", response="6629", qop=auth, nc=00000001',
  'AWS4-HMAC-SHA256 Credential=AKID/20260101/eu/s3/aws4_request, SignedHeaders=host;range, Signature=fe5f',
  'Token abc',
  'Token token="abc", nonce = "x"',
  'DPoP a.b.c',
  'Bearer',
  'Bearer null',
  'Bearer undefined',
];

/** Requests, and the credentials in them. The tokens here only have the right characters. */
export function requestCases({ session, other }: World): unknown[] {
  const { id, credential } = session;
  const token = 'x.y.z';
  const bearer: Header = ['Authorization', `Bearer ${token}`];
  const cookie: Header = ['Cookie', `x-session-id=${credential}`];
  const from = (name: string, headers: readonly Header[], rest: Partial<Case> = {}) => ({
    name,
    headers,
    cookieNames: names,
    token: null,
    credential: null,
    ...rest,
  });
  const refused = (name: string, headers: readonly Header[], why: 'ambiguous' | 'malformed') => {
    const { token, credential, ...rest } = from(name, headers, { refused: why });
    return rest;
  };
  return [
    from('nothing', []),
    from('headers of something else', [
      ['Accept', '*/*'],
      ['X-Session', credential],
    ]),
    from('token and cookie', [bearer, cookie], { token, credential }),
    from('token and header', [bearer, ['X-Session-Id', credential]], { token, credential }),
    from('a token by itself', [bearer], { token }),
    from('a cookie by itself', [cookie], { credential }),
    ...tokenCases(from),
    ...[
      'Bearer a b',
      'Bearer  a',
      'Bearer\ta',
      'Bearer "a"',
      'Bearer a,b',
      'Bearer a=b',
      'Bearer =',
      'Bearer é',
    ].map((value) =>
      refused(`a value that is no token: ${value}`, [['Authorization', value], cookie], 'malformed'),
    ),
    refused('two tokens in one field', [['Authorization', 'Bearer a, Bearer b'], cookie], 'malformed'),
    refused('Authorization twice', [bearer, bearer, cookie], 'ambiguous'),
    refused(
      'a token, and a value that is none',
      [bearer, ['Authorization', 'Bearer a b'], cookie],
      'ambiguous',
    ),
    ...foreign.flatMap((value) => [
      from(`beside a cookie: ${value}`, [['Authorization', value], cookie], { credential }),
      from(`before a token: ${value}`, [['Authorization', value], bearer, cookie], { token, credential }),
      from(`behind a token: ${value}`, [bearer, ['Authorization', value], cookie], { token, credential }),
      from(
        `before a token in one field: ${value}`,
        [['Authorization', `${value}, Bearer ${token}`], cookie],
        { token, credential },
      ),
      from(
        `behind a token in one field: ${value}`,
        [['Authorization', `Bearer ${token}, ${value}`], cookie],
        { token, credential },
      ),
    ]),
    from(
      'a token without blanks around the comma, between two of other schemes',
      [['Authorization', `Basic YTpi,Bearer ${token},Digest username="a",realm="b"`]],
      { token },
    ),
    from(
      'what stands in quotes is no token',
      [['Authorization', `Digest username="a, Bearer ${token}", realm="\\", Bearer x"`], cookie],
      { credential },
    ),
    from(
      'behind a token: a scheme whose value begins with a no-break space',
      [['Authorization', `Bearer ${token}, Custom \u00a0x`], cookie],
      { token, credential },
    ),
    ...absent.flatMap((value) => [
      from(`absent header beside a cookie: ${value}`, [['x-session-id', value], cookie], { credential }),
      from(
        `absent cookie beside a header: ${value}`,
        [
          ['x-session-id', credential],
          ['Cookie', `x-session-id=${value}`],
        ],
        { credential },
      ),
      from(`absent header and cookie: ${value}`, [
        ['x-session-id', value],
        ['Cookie', `x-session-id=${value}`],
      ]),
      from(
        `the header twice, once absent: ${value}`,
        [
          ['x-session-id', value],
          ['x-session-id', credential],
        ],
        { credential },
      ),
      from(
        `the header twice in one field, once absent: ${value}`,
        [['x-session-id', `${credential}, ${value}`]],
        { credential },
      ),
      from(
        `the cookie twice, once absent: ${value}`,
        [['Cookie', `x-session-id=${value}; x-session-id=${credential}`]],
        { credential },
      ),
      from(
        `the cookie in two fields, once absent: ${value}`,
        [cookie, ['Cookie', `x-session-id=${value}`]],
        { credential },
      ),
    ]),
    from('header and cookie, the same', [['x-session-id', credential], cookie], { credential }),
    from('the public id beside its cookie', [['x-session-id', id], cookie], { credential }),
    from('the public id by itself: no credential, which is for the check to see', [['x-session-id', id]], {
      credential: id,
    }),
    from('a header in quotes: no credential either', [['x-session-id', `"${credential}"`]], {
      credential: `"${credential}"`,
    }),
    refused("another session's public id beside a cookie", [['x-session-id', other.id], cookie], 'ambiguous'),
    refused('header and cookie of two sessions', [['x-session-id', other.credential], cookie], 'ambiguous'),
    refused(
      'a public id in the cookie',
      [
        ['x-session-id', credential],
        ['Cookie', `x-session-id=${id}`],
      ],
      'ambiguous',
    ),
    refused(
      'the header twice',
      [
        ['x-session-id', credential],
        ['X-Session-ID', credential],
      ],
      'ambiguous',
    ),
    refused(
      'the header twice, in one field',
      [['x-session-id', `${credential}, ${credential}`]],
      'ambiguous',
    ),
    ...cookieCases(from, credential),
    refused(
      'the cookie twice',
      [['Cookie', `x-session-id=${credential}; x-session-id=${credential}`]],
      'ambiguous',
    ),
    refused('the cookie in two fields', [cookie, cookie], 'ambiguous'),
  ];
}

type From = (name: string, headers: readonly Header[], rest?: Partial<Case>) => Case;

function tokenCases(from: From): Case[] {
  const named = (value: string) => [
    `Authorization: ${value}`,
    [['authorization', value]],
  ];
  const tokens = [
    'bearer x.y.z',
    'BEARER a',
    'Bearer A-Z0._~+/',
    'Bearer YQ==',
    'Bearer Null',
    'Bearer bearer',
  ];
  const absent = ['', 'Bearer', 'bearer', 'Bearer,', 'Basic YTpi', 'Negotiate YQ==', 'Bearers a', 'Bearer-x a', 'x.y.z'];
  const words = ['Bearer null', 'Bearer undefined', 'bearer undefined', 'null', 'undefined'];
  return [
    ...tokens.map((value) => from(...named(value), { token: value.slice('Bearer '.length) })),
    ...[...absent, ...words].map((value) => from(...named(value))),
  ];
}

function cookieCases(from: From, credential: string): Case[] {
  const good = [
    'a=b; x-session-id=C; c=d',
    'x-session-id=C;',
    'x-session-id = C',
    ' ;x-session-id=\tC\t',
    'x-session-id="C"',
    'a; =; x-session-id=C',
  ];
  const absent = [
    'X-Session-Id=C',
    'x-session-idx=C',
    'xx-session-id=C',
    'x-session-id',
    'x-session-id=""',
    'x-session-id="null"',
    '__Host-x-session-id=C',
  ];
  const other = [
    'x-session-id=C=',
    'x-session-id="C',
    'x-session-id="',
    'x-session-id=a%2Eb',
    'x-session-id=None',
  ];
  const secure = [
    '__Host-x-session-id=C; x-session-id=planted',
    '__Host-x-session-id=C; x-session-id=planted; x-session-id=again',
    '__Host-x-session-id=; x-session-id=C',
    '__Host-x-session-id=null; x-session-id=C',
    'x-session-id=C',
  ];
  const header = (text: string) => [['cookie', text.replace('C', credential)]];
  const valueOf = (text: string) => text.slice('x-session-id='.length).replace('C', credential);
  return [
    ...good.map((text) => from(`Cookie: ${text}`, header(text), { credential })),
    ...absent.map((text) => from(`Cookie: ${text}`, header(text))),
    ...other.map((text) => from(`as it is, Cookie: ${text}`, header(text), { credential: valueOf(text) })),
    ...secure.map((text) =>
      from(`on https, Cookie: ${text}`, header(text), { cookieNames: secureNames, credential }),
    ),
    from(
      'cookies in two fields',
      [
        ['cookie', 'a=b'],
        ['cookie', `x-session-id=${credential}`],
      ],
      { credential },
    ),
  ];
}
