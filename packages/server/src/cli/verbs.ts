import type { Command } from './frame/command.ts';

/** A verb as the help lists it. */
export interface Verb {
  readonly verb: string;
  /** An earlier name, which still works. */
  readonly alias?: string;
  readonly summary: string;
  readonly load: () => Promise<{ readonly command: Command }>;
}

/** All verbs, in the order of the help. Each is loaded only when it is called. */
export const verbs: readonly Verb[] = [
  { verb: 'serve', summary: 'Run the server.', load: () => import('./serve.ts') },
  {
    verb: 'forward-auth',
    alias: 'verifier',
    summary: 'Tell reverse proxies whether a request may pass.',
    load: () => import('./forward-auth.ts'),
  },
  { verb: 'migrate', summary: 'Bring the database to this version.', load: () => import('./migrate.ts') },
  {
    verb: 'copy',
    summary: 'Move everything to another database, such as PostgreSQL.',
    load: () => import('./copy.ts'),
  },
  {
    verb: 'accounts create',
    summary: 'Create an account; with --admin, an administrator.',
    load: () => import('./accounts/create.ts'),
  },
  { verb: 'accounts list', summary: 'List accounts.', load: () => import('./accounts/list.ts') },
  {
    verb: 'accounts disable',
    summary: "Block an account's sign-in and close its sessions.",
    load: () => import('./accounts/disable.ts'),
  },
  {
    verb: 'accounts enable',
    summary: 'Let a disabled account sign in again.',
    load: () => import('./accounts/enable.ts'),
  },
  {
    verb: 'accounts set-password',
    summary: 'Set a password and close the sessions of the account.',
    load: () => import('./accounts/set-password.ts'),
  },
  {
    verb: 'accounts delete',
    summary: 'Delete an account for good.',
    load: () => import('./accounts/delete.ts'),
  },
  {
    verb: 'accounts import',
    summary: 'Create accounts from a file, with password hashes of another system.',
    load: () => import('./accounts/import.ts'),
  },
  {
    verb: 'accounts export',
    summary: 'Write all accounts as JSON Lines.',
    load: () => import('./accounts/export.ts'),
  },
  { verb: 'roles list', summary: "List an account's roles.", load: () => import('./roles/list.ts') },
  { verb: 'roles grant', summary: 'Give roles to an account.', load: () => import('./roles/grant.ts') },
  { verb: 'roles revoke', summary: 'Take roles from an account.', load: () => import('./roles/revoke.ts') },
  { verb: 'sessions list', summary: 'List sessions.', load: () => import('./sessions/list.ts') },
  {
    verb: 'sessions close',
    summary: 'Close sessions: named ones, of an account, or all.',
    load: () => import('./sessions/close.ts'),
  },
  {
    verb: 'services add',
    summary: 'Register a service and print its key, once.',
    load: () => import('./services/add.ts'),
  },
  {
    verb: 'services list',
    summary: 'List services and their verifiers.',
    load: () => import('./services/list.ts'),
  },
  {
    verb: 'services remove',
    summary: 'Remove a service and its key.',
    load: () => import('./services/remove.ts'),
  },
  { verb: 'keys list', summary: 'List signing keys.', load: () => import('./keys/list.ts') },
  {
    verb: 'keys rotate',
    summary: 'Let the next signing key take over.',
    load: () => import('./keys/rotate.ts'),
  },
  {
    verb: 'keys revoke',
    summary: 'Refuse all tokens of a signing key that may have leaked.',
    load: () => import('./keys/revoke.ts'),
  },
  {
    verb: 'mail list',
    summary: 'List mails, with the links of those that wait.',
    load: () => import('./mail/list.ts'),
  },
  { verb: 'mail retry', summary: 'Send a parked mail again.', load: () => import('./mail/retry.ts') },
  {
    verb: 'doctor',
    summary: 'Check configuration, files, database and keys.',
    load: () => import('./doctor.ts'),
  },
  {
    verb: 'config',
    summary: 'Show the configuration, with secrets masked.',
    load: () => import('./config.ts'),
  },
];

/** The verb at the start of the arguments, and the arguments after it. */
export function findVerb(
  args: readonly string[],
): { readonly verb: Verb; readonly rest: string[] } | undefined {
  for (const length of [2, 1]) {
    const name = args.slice(0, length).join(' ');
    const verb = verbs.find((candidate) => candidate.verb === name || candidate.alias === name);
    if (verb !== undefined) return { verb, rest: args.slice(length) };
  }
  return undefined;
}

/** The verbs of a noun, such as `accounts`; none for anything else. */
export function verbsOf(noun: string): readonly Verb[] {
  return verbs.filter(({ verb }) => verb.startsWith(`${noun} `));
}
