import type { Command } from './frame/command.ts';

interface Verb {
  readonly verb: string;
  readonly summary: string;
  readonly load: () => Promise<{ readonly command: Command }>;
}

/** All verbs, in the order of the help. Each is loaded when it is called, so that none pays for another. */
export const verbs: readonly Verb[] = [
  { verb: 'serve', summary: 'Run the server.', load: () => import('./serve.ts') },
  {
    verb: 'verifier',
    summary: 'Answer reverse proxies who ask whether a request may go on.',
    load: () => import('./forward-auth.ts'),
  },
  { verb: 'migrate', summary: 'Bring the database to this version.', load: () => import('./migrate.ts') },
  {
    verb: 'accounts create',
    summary: 'Make an account; with --admin the first administrator.',
    load: () => import('./accounts/create.ts'),
  },
  { verb: 'accounts list', summary: 'List accounts.', load: () => import('./accounts/list.ts') },
  {
    verb: 'accounts disable',
    summary: 'Close all sessions of an account and let it sign in no more.',
    load: () => import('./accounts/disable.ts'),
  },
  {
    verb: 'accounts enable',
    summary: 'Let an account sign in again.',
    load: () => import('./accounts/enable.ts'),
  },
  {
    verb: 'accounts import',
    summary: 'Make accounts of a file, with the password hashes of another system.',
    load: () => import('./accounts/import.ts'),
  },
  {
    verb: 'accounts export',
    summary: 'Write all accounts as JSON Lines.',
    load: () => import('./accounts/export.ts'),
  },
  { verb: 'roles list', summary: "Show an account's roles.", load: () => import('./roles/list.ts') },
  { verb: 'roles grant', summary: 'Give roles to an account.', load: () => import('./roles/grant.ts') },
  { verb: 'roles revoke', summary: 'Take roles from an account.', load: () => import('./roles/revoke.ts') },
  { verb: 'sessions list', summary: 'List sessions.', load: () => import('./sessions/list.ts') },
  { verb: 'sessions close', summary: 'Close a session.', load: () => import('./sessions/close.ts') },
  {
    verb: 'services add',
    summary: 'Register a service; prints its key, once.',
    load: () => import('./services/add.ts'),
  },
  { verb: 'services list', summary: 'List services.', load: () => import('./services/list.ts') },
  {
    verb: 'services remove',
    summary: 'Forget a service and its key.',
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
    summary: 'List mails: those that wait, with their links.',
    load: () => import('./mail/list.ts'),
  },
  { verb: 'mail retry', summary: 'Send a parked mail again.', load: () => import('./mail/retry.ts') },
  {
    verb: 'doctor',
    summary: 'Check settings, files, database and keys.',
    load: () => import('./doctor.ts'),
  },
  {
    verb: 'config',
    summary: 'Show the settings as they are, secrets masked.',
    load: () => import('./config.ts'),
  },
];

/** The verb that the arguments begin with, and the arguments after it. */
export function findVerb(
  args: readonly string[],
): { readonly verb: Verb; readonly rest: string[] } | undefined {
  for (const length of [2, 1]) {
    const verb = verbs.find((candidate) => candidate.verb === args.slice(0, length).join(' '));
    if (verb !== undefined) return { verb, rest: args.slice(length) };
  }
  return undefined;
}
