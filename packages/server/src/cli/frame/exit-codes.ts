/** What the exit code says; the help lists them. */
export const exitCodes = {
  done: 0,
  refused: 1,
  usage: 2,
  notFound: 3,
  unavailable: 4,
  unconfirmed: 5,
} as const;

/** For the help. */
export const exitCodeSentences: Readonly<Record<keyof typeof exitCodes, string>> = {
  done: 'done',
  refused: 'refused or failed',
  usage: 'wrong usage or settings',
  notFound: 'there is no such account, session, service or key',
  unavailable: 'the database or the hasher cannot answer now',
  unconfirmed: 'done, but not every connected verifier has confirmed it in time',
};
