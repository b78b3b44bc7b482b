import manifest from '../../../package.json' with { type: 'json' };

/** What stands above the routes in the reference: what this is, and how a first caller proves who it is. */
export function introductionOf(publicUrl: string, cookieName: string) {
  return {
    title: 'Latchkey',
    version: manifest.version,
    summary: 'Sign-in and sessions, checked by every service for itself.',
    description: `${whatThisIs}\n\n${howToSignIn(publicUrl, cookieName)}\n\n${conventions(publicUrl)}`,
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  };
}

const whatThisIs = `People sign up and in by the **facade** (\`/api/v1\`, snake_case). Services check who calls by the **auth
interface** (\`/auth\`, camelCase), or by themselves with a verifier that follows the revocation log.`;

const howToSignIn = (url: string, cookie: string) => `## First steps

\`\`\`sh
URL=${url}
# Sign up: the cookie is kept in the file.
curl -s -c cookies $URL/api/v1/signup \\
  -H 'Content-Type: application/json' \\
  -d '{"name": "Ada Lovelace",
       "email": "ada@example.com",
       "password": "correct horse battery staple"}'
# Who am I?
curl -s -b cookies $URL/api/v1/sessions/current
# A token for other services, good for some minutes.
TOKEN=$(curl -s -b cookies -X POST $URL/auth/who-am-i \\
  | grep -o 'eyJ[^"]*')
# Other services want token and cookie together.
curl -s -b cookies $URL/auth/sessions \\
  -H "Authorization: Bearer $TOKEN"
# Sign out: every service refuses the token now.
curl -s -b cookies -X POST $URL/api/v1/signout
\`\`\`

## Authentication

| who calls | what it sends |
|---|---|
| a page in a browser | nothing more: the browser sends the cookie \`${cookie}\`, which sign-up and sign-in set |
| an API client without a cookie jar | the header \`x-session-id\` with the \`id\` that sign-up or sign-in answered |
| either, on the auth interface | \`Authorization: Bearer <token>\` together with the cookie or \`x-session-id\` |
| a service that follows the revocation log | \`Authorization: Bearer <key>\`, with the key that \`latchkey services add\` printed |

A token alone proves nothing, and neither does a cookie that belongs to another session. When a token has expired or is
\`TOKEN_STALE\`, get a new one from \`/auth/who-am-i\` and repeat the request.`;

const conventions = (url: string) => `## Conventions

- Ids are strings of decimal digits in the facade, numbers in the auth interface. Times are ISO 8601 in UTC there, unix
  seconds here.
- Bodies are \`application/json\` in UTF-8. Unknown members and wrong types are refused, never dropped.
- Failures are problem documents (RFC 9457). Their \`code\` is stable: see [all codes](${url}/docs/errors).
- HEAD is taken wherever GET is.
- Every request may bring a correlation id, as \`x-correlation-id\` or in \`traceparent\`; the answer echoes it in
  \`x-correlation-id\`. In the facade every query may hold it as \`correlation_id\`; \`paging\` changes nothing there.`;

/** The groups of routes, in the order of the reference. */
export const tags = [
  {
    name: 'sessions',
    'x-displayName': 'Sessions',
    description: 'Signing up, in and out; the sessions of an account, and closing them.',
  },
  { name: 'accounts', 'x-displayName': 'Accounts', description: 'People who can sign in.' },
  {
    name: 'passwords',
    'x-displayName': 'Passwords',
    description: 'Changing, resetting and checking passwords; proving presence.',
  },
  { name: 'roles', 'x-displayName': 'Roles', description: 'What a token says that its account may do.' },
  {
    name: 'sites',
    'x-displayName': 'Sites',
    description: 'Organisations, teams or tenants, and who is on them.',
  },
  { name: 'invitations', 'x-displayName': 'Invitations', description: 'How people come to a site.' },
  {
    name: 'settings',
    'x-displayName': 'Settings',
    description: 'Parameters of an account, or of the application.',
  },
  {
    name: 'email_settings',
    'x-displayName': 'E-mail settings',
    description: 'Where mails to an account go, and whether the address is proven.',
  },
  {
    name: 'auth',
    'x-displayName': 'Auth interface',
    description: 'The auth interface: tokens for other services.',
  },
  {
    name: 'revocations',
    'x-displayName': 'Revocations',
    description: 'How verifiers follow everything that ended or changed.',
  },
  { name: 'discovery', 'x-displayName': 'Discovery and health', description: 'Keys, addresses and health.' },
];

/** The ways to prove who calls. */
export function securitySchemesOf(cookieName: string) {
  const credential = 'The session credential, which sign-up, sign-in and Login hand out';
  return {
    cookie: { type: 'apiKey', in: 'cookie', name: cookieName, description: `${credential} as this cookie.` },
    header: {
      type: 'apiKey',
      in: 'header',
      name: 'x-session-id',
      description: `${credential}, for clients without cookies.`,
    },
    bearer: {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description:
        'A token of `/auth/login` or `/auth/who-am-i`, always together with the session credential.',
    },
    serviceKey: {
      type: 'http',
      scheme: 'bearer',
      description: "A service's key, which `latchkey services add` prints once.",
    },
  } as const;
}
