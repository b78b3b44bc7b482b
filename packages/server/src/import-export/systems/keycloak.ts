import { AppError } from '../../kernel/errors.ts';
import type { ForeignHash } from '../../kernel/ports.ts';
import type { Fields } from './fields.ts';
import type { ForeignSystem } from './system.ts';

/** Keycloak gives these to everybody; they say nothing outside of it. */
const ownRoles = /^(?:default-roles-.*|offline_access|uma_authorization)$/;

/** An export of a realm with its users, in one file or in several. */
export const keycloak: ForeignSystem = {
  title: 'Keycloak',
  lists: ['users'],
  read(user) {
    if (user.has('realm')) {
      throw new AppError('INVALID_DATA', {
        detail: 'The file holds several realms: export one by `kc.sh export --realm NAME`.',
      });
    }
    if (user.text('serviceAccountClientId') !== undefined) return { leftOut: 'left_out:a service account' };
    const credentials = user.records('credentials');
    const types = credentials.map((credential) => credential.text('type') ?? '');
    const attributes = user.object('attributes');
    return {
      id: user.text('id'),
      username: user.text('username'),
      email: user.text('email'),
      verified: user.flag('emailVerified'),
      names: [[user.text('firstName'), user.text('lastName')].filter(Boolean).join(' ')],
      active: user.flag('enabled') !== false,
      createTime: user.time('createdTimestamp'),
      language: user.fields('attributes').texts('locale')[0],
      timeZone: user.fields('attributes').texts('zoneinfo')[0],
      hash: hashOf(credentials.find((_, i) => types[i] === 'password')),
      roles: user.texts('realmRoles').filter((role) => !ownRoles.test(role)),
      data: attributes,
      providers: [
        ...user.records('federatedIdentities').flatMap((identity) => identity.text('identityProvider') ?? []),
        ...(user.text('federationLink') === undefined ? [] : ['a user federation']),
      ],
      lost: [
        types.some((type) => type !== 'password' && type !== '') && 'second_factor',
        user.list('groups').length > 0 && 'groups',
        Object.keys(user.object('clientRoles')).length > 0 && 'client_roles',
      ],
    };
  },
};

/** The hash and its parameters are texts of JSON within the JSON; before Keycloak 8 they stood beside each other. */
function hashOf(credential: Fields | undefined): ForeignHash | undefined {
  if (credential === undefined) return undefined;
  const [secret, about] = [credential.fields('secretData'), credential.fields('credentialData')];
  const hash = secret.text('value') ?? credential.text('hashedSaltedValue');
  if (hash === undefined) return undefined;
  const salt = secret.text('salt') ?? credential.text('salt') ?? '';
  const algorithm = about.text('algorithm') ?? credential.text('algorithm') ?? 'pbkdf2-sha256';
  const iterations = numberOf(about.text('hashIterations') ?? credential.text('hashIterations'));
  if (algorithm !== 'argon2') {
    const kind = algorithm === 'pbkdf2' ? 'pbkdf2-sha1' : algorithm;
    return { hash, salt, kind, parameters: { encoding: 'base64', iterations } };
  }
  const more = about.fields('additionalParameters');
  const [type = 'id'] = more.texts('type');
  const of = (name: string) => numberOf(more.texts(name)[0]);
  const parameters = {
    encoding: 'base64',
    passes: iterations,
    memory: of('memory'),
    parallelism: of('parallelism'),
  };
  return { hash, salt, kind: `argon2${type}`, parameters };
}

function numberOf(text: string | undefined): number {
  return Number(text ?? Number.NaN);
}
