/** One way to break the product on purpose. */
export interface Mutation {
  /** What is broken, in a few words. */
  readonly what: string;
  /** From the root of the repository. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** The test file that must fail, from the root; and of its tests those of that name, where not all are needed. */
  readonly test: string;
  readonly name?: string;
}

const faults = 'packages/server/test/faults';
const feed = `${faults}/feed.test.ts`;
const kill = `${faults}/kill.test.ts`;
const start = `${faults}/start.test.ts`;
const outages = `${faults}/outages.test.ts`;
const clocks = `${faults}/clocks.test.ts`;
const keys = `${faults}/keys.test.ts`;
const readers = `${faults}/readers.test.ts`;
const killOnSqlite = { test: kill, name: 'on sqlite' };

export const mutations: readonly Mutation[] = [
  {
    what: 'a closing leaves no entry in the log',
    file: 'packages/server/src/sessions/end-sessions.ts',
    find: 'if (ended.length > 0) {',
    replace: 'if (ended.length > 1) {',
    test: feed,
  },
  {
    what: 'the entry is appended after the commit, by itself',
    file: 'packages/server/src/sessions/end-sessions.ts',
    find: 'await appendEntries(ctx, tx, entries);',
    replace:
      'setTimeout(() => void ctx.transaction((later) => appendEntries(ctx, later, entries)).catch(() => {}), 20);',
    ...killOnSqlite,
  },
  {
    what: 'a closing is answered, and done a moment later',
    file: 'packages/server/src/sessions/close-session.ts',
    find: 'await ctx.transaction((tx) => endSessions(ctx, tx, { ids: [sessionId] }, reason));',
    replace:
      'setTimeout(() => void ctx.transaction((tx) => endSessions(ctx, tx, { ids: [sessionId] }, reason)), 50);',
    test: feed,
  },
  {
    what: 'positions of the log have gaps',
    file: 'packages/server/src/store/sql/revocations.ts',
    find: "head: eb('head', '+', entries.length)",
    replace: "head: eb('head', '+', entries.length + 1)",
    ...killOnSqlite,
  },
  {
    what: 'a closing writes two entries',
    file: 'packages/server/src/sessions/end-sessions.ts',
    find: 'await appendEntries(ctx, tx, entries);',
    replace: 'await appendEntries(ctx, tx, [...entries, ...entries]);',
    ...killOnSqlite,
  },
  {
    what: 'who-am-i does not look whether the session lives',
    file: 'packages/server/src/auth/who-am-i.ts',
    find: 'const moment = await findLiveSession(ctx, id);',
    replace: 'const moment = await ctx.read.sessions.find(id);',
    test: feed,
  },
  {
    what: 'token and credential are not compared',
    file: 'packages/verify/src/token/check-claims.ts',
    find: 'if (!credential.startsWith(claims.sid) || credentialHash(credential) !== claims.cth) {',
    replace: 'if (credentialHash(credential) === undefined) {',
    test: feed,
  },
  {
    what: 'the `rev` of a token is ignored',
    file: 'packages/verify/src/replica/marks.ts',
    find: '(rev >= mark.reject && rev >= mark.refresh)',
    replace: 'Number.isNaN(rev)',
    test: feed,
  },
  {
    what: 'the replica forgets entries after two seconds',
    file: 'packages/verify/src/replica/lifetime.ts',
    find: 'return { expiresAt: entry.expiresAt, keepUntil: monotonic + Math.max(0, entry.expiresAt - entry.at) };',
    replace: 'return { expiresAt: entry.at + 2, keepUntil: monotonic + 2 };',
    test: feed,
  },
  {
    what: 'the replica forgets by the wall clock alone',
    file: 'packages/verify/src/replica/session-table.ts',
    find: 'clocks.monotonic > (slots[slot + KEEP_UNTIL] as number);',
    replace: 'slots[slot + KEEP_UNTIL] !== undefined;',
    test: clocks,
    name: 'by 70 minutes',
  },
  {
    what: 'the replica applies what comes after a gap',
    file: 'packages/verify/src/replica/replica.ts',
    find: "if (entry.seq !== this.#position + 1) throw new GapError('gap in the log');",
    replace: '',
    test: feed,
  },
  {
    what: 'an entry that comes twice is told twice',
    file: 'packages/verify/src/replica/replica.ts',
    find: 'if (entry.seq <= this.#position) return false;',
    replace: 'if (entry.seq <= this.#position) return true;',
    test: feed,
  },
  {
    what: 'the entries of a snapshot are not applied',
    file: 'packages/verify/src/replica/replica.ts',
    find: 'for (const entry of entries) state.apply(entry, monotonic);',
    replace: '',
    test: start,
  },
  {
    what: 'a verifier keeps its first snapshot when it has lost its place',
    file: 'packages/verify/src/follower.ts',
    find: "if (message.type === 'snapshot') {",
    replace:
      "if (message.type === 'snapshot' && before !== undefined) {\n      } else if (message.type === 'snapshot') {",
    test: start,
    name: 'pruned',
  },
  {
    what: 'a stale verifier accepts',
    file: 'packages/verify/src/verifier.ts',
    find: "if (mode !== 'introspect') throw new Unavailable(whyNot());",
    replace: "if (mode !== 'introspect') return;",
    test: feed,
  },
  {
    what: 'a stale verifier says "not signed in"',
    file: 'packages/verify/src/verifier.ts',
    find: "if (mode !== 'introspect') throw new Unavailable(whyNot());",
    replace: "if (mode !== 'introspect') throw new InvalidCredentials('revoked');",
    test: feed,
  },
  {
    what: 'a question that failed is taken as a no',
    file: 'packages/verify/src/introspect.ts',
    find: "throw new Unavailable('introspection-failed', { cause });",
    replace: "throw new InvalidCredentials('introspection-refused');",
    test: feed,
  },
  {
    what: 'a question that failed is taken as a yes',
    file: 'packages/verify/src/introspect.ts',
    find: "throw new Unavailable('introspection-failed', { cause });",
    replace: 'return;',
    test: feed,
  },
  {
    what: 'keys that cannot be had are taken as unknown ones',
    file: 'packages/verify/src/keys/remote-keys.ts',
    find: "throw new Unavailable('keys-unavailable');",
    replace: "throw new InvalidCredentials('unknown-key');",
    test: start,
  },
  {
    what: 'any message counts as contact, whatever position it names',
    file: 'packages/verify/src/feed/freshness.ts',
    find: 'if (head === position) this.#contact = at;',
    replace: 'if (head >= position) this.#contact = at;',
    test: feed,
  },
  {
    what: 'a feed that is lost is not followed again',
    file: 'packages/verify/src/feed/feed.ts',
    find: 'while (!this.#closed) {',
    replace: 'if (!this.#closed) {',
    test: feed,
  },
  {
    what: 'a silent connection is not noticed',
    file: 'packages/verify/src/feed/feed.ts',
    find: 'const watchdog = setTimeout(() => connection.abort(), FEED_TIMES.idle);',
    replace: 'const watchdog = setTimeout(() => {}, FEED_TIMES.idle);',
    test: feed,
  },
  {
    what: 'a database that is away signs everybody out',
    file: 'packages/server/src/http/load-session.ts',
    find: 'return id && findLiveSession(ctx, id);',
    replace: 'return id && findLiveSession(ctx, id).catch(() => undefined);',
    test: outages,
  },
  {
    what: 'online questions are answered with no while the database is away',
    file: 'packages/server/src/auth/authenticate.ts',
    find: '(await findLiveSession(ctx, proof.sessionId))',
    replace: '(await findLiveSession(ctx, proof.sessionId).catch(() => undefined))',
    test: outages,
  },
  {
    what: 'heartbeats go on while the log cannot be read',
    file: 'packages/server/src/revocations/feed-streams.ts',
    find: "this.#ctx.log.warn({ err: error }, 'no heartbeat: the store does not answer');",
    replace:
      'for (const each of this.#live) this.#beat(each, this.#hub.position, unixSeconds(this.#ctx.clock.now()));',
    test: outages,
  },
  {
    what: 'a key signs as soon as it is made',
    file: 'packages/server/src/crypto/key-set.ts',
    find: 'const publishAhead = 35_000;',
    replace: 'const publishAhead = 0;',
    test: keys,
    name: 'rotated',
  },
  {
    what: 'a rotated key is not accepted any more',
    file: 'packages/server/src/crypto/key-set.ts',
    find: 'return set.keys.filter((key) => (retireTime(set, key) ?? now) + keepFor >= now);',
    replace: 'return set.keys.filter((key) => (retireTime(set, key) ?? now) >= now);',
    test: keys,
    name: 'rotated',
  },
  {
    what: 'a reader that does not read is never cut',
    file: 'packages/server/src/revocations/feed-streams.ts',
    find: 'const maxWaiting = 1 << 20;',
    replace: 'const maxWaiting = 1 << 30;',
    test: readers,
  },
  {
    what: 'a reader resumes one entry too late',
    file: 'packages/server/src/revocations/read-feed.ts',
    find: 'const from = snapshot ? state.pruned : after!;',
    replace: 'const from = snapshot ? state.pruned : after! + 1;',
    test: feed,
  },
  {
    what: 'what the issuer refused online is forgotten at once',
    file: 'packages/verify/src/verifier.ts',
    find: 'if (!(error instanceof Unavailable)) doubts.note(sessionId, monotonic());',
    replace: '',
    test: 'packages/verify/src/verifier-stale.test.ts',
  },
];
