import type { Fields } from './fields.ts';
import type { ForeignSystem } from './system.ts';

/** Identities of the admin API or of `ory list identities`, with their credentials. */
export const kratos: ForeignSystem = {
  title: 'Ory Kratos',
  lists: ['identities'],
  read(identity) {
    const traits = identity.fields('traits');
    const credentials = identity.fields('credentials');
    const password = credentials.fields('password');
    const email = emailOf(identity, traits);
    const address = identity
      .records('verifiable_addresses')
      .find((it) => it.text('value')?.toLowerCase() === email?.toLowerCase());
    return {
      id: identity.text('id'),
      username: traits.text('username') ?? password.texts('identifiers').find((it) => !it.includes('@')),
      email,
      verified: address?.flag('verified'),
      names: [
        [traits.fields('name').text('first'), traits.fields('name').text('last')].filter(Boolean).join(' '),
        traits.text('name', 'full_name', 'display_name'),
        [traits.text('first_name', 'given_name'), traits.text('last_name', 'family_name')]
          .filter(Boolean)
          .join(' '),
      ],
      active: identity.text('state') !== 'inactive',
      createTime: identity.time('created_at'),
      language: traits.text('locale'),
      hash: password.fields('config').text('hashed_password'),
      data: identity.object('traits'),
      phone: traits.text('phone', 'phone_number'),
      providers: credentials
        .fields('oidc')
        .texts('identifiers')
        .map((it) => it.split(':', 1)[0]!),
      lost: [
        credentials.has('totp', 'webauthn', 'passkey', 'lookup_secret') && 'second_factor',
        Object.keys(identity.object('metadata_admin', 'metadata_public')).length > 0 && 'claims_left',
      ],
    };
  },
};

/** The schema of the traits is the operator's own; the address to verify is always told. */
function emailOf(identity: Fields, traits: Fields): string | undefined {
  const addresses = identity.records('verifiable_addresses').filter((it) => it.text('via') === 'email');
  return traits.text('email') ?? traits.texts('emails')[0] ?? addresses[0]?.text('value');
}
