/** The exit codes of all commands. */
export const exitCodes = {
  done: 0,
  refused: 1,
  usage: 2,
  notFound: 3,
  unavailable: 4,
  unconfirmed: 5,
} as const;

/** What each means, for the help. */
export const exitCodeSentences: Readonly<Record<keyof typeof exitCodes, string>> = {
  done: 'done',
  refused: 'refused or failed',
  usage: 'wrong usage or configuration',
  notFound: 'no such account, session, service, key or mail',
  unavailable: 'the database or password hashing is not available now',
  unconfirmed: 'done, but not confirmed by every connected verifier in time',
};
