/** What the samples hold, and what an import makes of it. */

const phrase = 'correct horse battery staple';
const letters = 'pässwörd — пароль — 密码 — 🔑';

export interface ExpectedPerson {
  readonly login: string;
  /** Undefined where the account has none. */
  readonly password?: string | undefined;
  readonly name: string;
  readonly email?: string | undefined;
  readonly verified?: boolean | undefined;
  readonly active?: boolean;
  readonly roles?: readonly string[];
}

export interface ExpectedSystem {
  readonly people: readonly ExpectedPerson[];
  /** What is told, by kind, of each command of the page. */
  readonly notes: readonly Readonly<Record<string, number>>[];
}

type Changes = Partial<ExpectedPerson>;

const ada = (changes: Changes = {}): ExpectedPerson => ({
  login: 'ada@example.com',
  password: phrase,
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  verified: true,
  ...changes,
});
const zoe = (changes: Changes = {}): ExpectedPerson => ({
  login: 'zoe@example.com',
  password: letters,
  name: 'Zoë Ångström',
  email: 'zoe@example.com',
  verified: false,
  ...changes,
});
const bob = (changes: Changes = {}): ExpectedPerson => ({
  login: 'bob@example.com',
  password: phrase,
  name: 'Bob',
  email: 'bob@example.com',
  verified: true,
  active: false,
  ...changes,
});
const cleo = (changes: Changes = {}): ExpectedPerson => ({
  login: 'cleo@example.com',
  name: 'Cleo Patra',
  email: 'cleo@example.com',
  verified: true,
  ...changes,
});

const unverified = { verified: false };

const auth0Notes = { second_factor: 1, claims_left: 1, 'elsewhere:google-oauth2': 1, no_password: 1 };

export const expected: Readonly<Record<string, ExpectedSystem>> = {
  aspnet: {
    people: [
      ada({ name: 'ada', roles: ['Editor'] }),
      zoe({ login: 'zoë', name: 'zoë' }),
      bob({ name: 'bob', roles: ['Editor'] }),
      cleo({ name: 'cleo' }),
    ],
    notes: [{ second_factor: 1, 'roles_left:Admin': 1, locked: 1, no_password: 1 }],
  },
  auth0: {
    people: [ada(), zoe(), bob(), cleo()],
    notes: [auth0Notes],
  },
  'better-auth': {
    people: [ada(), zoe({ roles: ['user'] }), bob({ roles: ['user'] }), cleo({ roles: ['user'] })],
    notes: [{ 'roles_left:admin': 1, second_factor: 1, 'elsewhere:google': 1, no_password: 1 }],
  },
  cognito: {
    people: [
      ada({ password: undefined }),
      zoe({ login: 'zoë', password: undefined }),
      bob({ login: 'bob', name: 'bob', password: undefined }),
      cleo(),
    ],
    notes: [{ phone: 1, 'elsewhere:Google': 1, no_password: 4 }],
  },
  devise: {
    people: [ada(), zoe({ password: phrase }), bob(), cleo()],
    notes: [{ locked: 1, 'elsewhere:google_oauth2': 1, no_password: 1 }],
  },
  django: {
    people: [
      ada({ login: 'ada', verified: false }),
      zoe({ login: 'zoë' }),
      bob({ login: 'bob', email: undefined, verified: undefined }),
      cleo({ login: 'cleo', name: 'cleo', ...unverified }),
      { login: 'dan@example.com', password: phrase, name: 'Dan', email: 'dan@example.com', verified: false },
    ],
    notes: [
      { groups: 1, superuser: 1, no_password: 1, login_changed: 1, 'left_out:rows of other models': 1 },
    ],
  },
  firebase: {
    people: [ada(), zoe({ name: 'Zoë, Ångström' }), bob(), cleo()],
    notes: [
      {
        claims_left: 1,
        phone: 1,
        'elsewhere:google.com': 1,
        no_password: 1,
        'left_out:without a name or address to sign in with': 1,
      },
      {
        claims_left: 1,
        phone: 1,
        'elsewhere:google.com': 1,
        no_password: 1,
        'left_out:without a name or address to sign in with': 1,
      },
    ],
  },
  keycloak: {
    people: [
      ada({ login: 'ada', roles: ['editor'] }),
      zoe({ login: 'zoë', password: phrase }),
      bob({ login: 'bob' }),
      cleo({ login: 'cleo' }),
    ],
    notes: [
      {
        second_factor: 1,
        groups: 1,
        'roles_left:admin': 1,
        client_roles: 1,
        'elsewhere:google': 1,
        no_password: 1,
        'left_out:a service account': 1,
      },
    ],
  },
  kratos: {
    people: [ada(), zoe({ password: phrase }), bob(), cleo()],
    notes: [{ second_factor: 1, claims_left: 1, 'elsewhere:google': 1, no_password: 1 }],
  },
  laravel: {
    people: [ada(), zoe(), bob({ active: true }), cleo()],
    notes: [{ second_factor: 1, no_password: 1, 'left_out:deleted there': 1 }],
  },
  ldap: {
    people: [
      ada({ login: 'ada', ...unverified }),
      zoe({ login: 'zoë', password: phrase }),
      bob({ login: 'bob', ...unverified }),
      cleo({ login: 'cleo', ...unverified }),
    ],
    notes: [
      { addresses_left: 1, passwords_left: 1, groups: 1, no_password: 1, 'left_out:entries of no person': 3 },
    ],
  },
  spring: {
    people: [
      ada({ name: 'ada', roles: ['ROLE_ADMIN', 'ROLE_USER'], ...unverified }),
      zoe({
        login: 'zoë',
        name: 'zoë',
        password: phrase,
        email: undefined,
        verified: undefined,
        roles: ['ROLE_USER'],
      }),
      bob({ login: 'bob', name: 'bob', email: undefined, verified: undefined, roles: ['ROLE_USER'] }),
      cleo({ login: 'cleo', name: 'cleo', email: undefined, verified: undefined }),
      { login: 'dan', name: 'dan', password: phrase },
    ],
    notes: [{ no_password: 1, no_way_in: 1 }],
  },
  supabase: {
    people: [
      ada(),
      zoe(),
      bob({ name: 'bob' }),
      cleo(),
      {
        login: 'dan@example.com',
        password: 'mytestpassword',
        name: 'dan',
        email: 'dan@example.com',
        verified: true,
      },
    ],
    notes: [
      {
        phone: 1,
        claims_left: 1,
        'elsewhere:google': 1,
        no_password: 1,
        'left_out:deleted there': 1,
        'left_out:anonymous there': 1,
      },
    ],
  },
  wordpress: {
    people: [
      ada({ login: 'ada', roles: ['administrator'], ...unverified }),
      zoe({ roles: ['editor'] }),
      bob({
        login: 'bob',
        email: undefined,
        verified: undefined,
        active: true,
        roles: ['author', 'subscriber'],
      }),
      cleo({ login: 'cleo', roles: ['subscriber'], ...unverified }),
    ],
    notes: [{ login_changed: 1, address_left: 1, no_password: 1 }],
  },
};
