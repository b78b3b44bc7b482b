import { type Mutation, tests } from './mutation.ts';

const killOnSqlite = { test: tests.kill, name: 'on sqlite' };

/** Ways to break the server. */
export const serverMutations: readonly Mutation[] = [
  {
    what: 'a closing leaves no entry in the log',
    file: 'packages/server/src/sessions/end-sessions.ts',
    find: 'if (ended.length === 0) return',
    replace: 'if (ended.length < 2) return',
    test: tests.feed,
  },
  {
    what: 'the entry is appended after the commit, by itself',
    file: 'packages/server/src/sessions/end-sessions.ts',
    find: 'return { ended, seq: await appendEntries(ctx, tx, entries) };',
    replace:
      'setTimeout(() => void ctx.transaction((later) => appendEntries(ctx, later, entries)).catch(() => {}), 20); return { ended, seq: 0 };',
    ...killOnSqlite,
  },
  {
    what: 'a closing is answered, and done a moment later',
    file: 'packages/server/src/sessions/close-session.ts',
    find: 'const ended = await ctx.endSession(sessionId, reason);',
    replace:
      'setTimeout(() => void ctx.endSession(sessionId, reason), 50); const ended = { session: { ...found.session, closeTime: ctx.clock.now(), closeReason: reason }, seq: 0 };',
    test: tests.feed,
  },
  {
    what: 'positions of the log have gaps',
    file: 'packages/server/src/adapters/store/sql/append.ts',
    find: "head: eb('head', '+', rows.length)",
    replace: "head: eb('head', '+', rows.length + 1)",
    ...killOnSqlite,
  },
  {
    what: 'a closing writes two entries',
    file: 'packages/server/src/sessions/end-sessions.ts',
    find: 'seq: await appendEntries(ctx, tx, entries)',
    replace: 'seq: await appendEntries(ctx, tx, [...entries, ...entries])',
    ...killOnSqlite,
  },
  {
    what: 'who-am-i does not look whether the session lives',
    file: 'packages/server/src/authentication/who-am-i.ts',
    find: 'const moment = await findLiveSession(ctx, id);',
    replace: 'const moment = await ctx.read.sessions.find(id);',
    test: tests.feed,
  },
  {
    what: 'a database that is away signs everybody out',
    file: 'packages/server/src/api/load-caller.ts',
    find: 'return id && findLiveSession(ctx, id);',
    replace: 'return id && findLiveSession(ctx, id).catch(() => undefined);',
    test: tests.outages,
  },
  {
    what: 'online questions are answered with no while the database is away',
    file: 'packages/server/src/authentication/authenticate.ts',
    find: '(await findLiveSession(ctx, proof.sessionId))',
    replace: '(await findLiveSession(ctx, proof.sessionId).catch(() => undefined))',
    test: tests.outages,
  },
  {
    what: 'heartbeats go on while the log cannot be read',
    file: 'packages/server/src/log/feed-streams.ts',
    find: "if (!this.#silent) this.#ctx.logger.warn({ err: error }, 'no heartbeats: the store does not answer');",
    replace:
      'for (const each of this.#live) this.#beat(each, this.#hub.position, unixSeconds(this.#ctx.clock.now()));',
    test: tests.outages,
  },
  {
    what: 'a key signs as soon as it is made',
    file: 'packages/server/src/adapters/crypto/key-set.ts',
    find: 'const publishAhead = 35_000;',
    replace: 'const publishAhead = 0;',
    test: tests.keys,
    name: 'rotated',
  },
  {
    what: 'a rotated key is not accepted any more',
    file: 'packages/server/src/adapters/crypto/key-set.ts',
    find: 'return set.keys.filter((key) => (retireTime(set, key) ?? now) + keepFor >= now);',
    replace: 'return set.keys.filter((key) => (retireTime(set, key) ?? now) >= now);',
    test: tests.keys,
    name: 'rotated',
  },
  {
    what: 'a revoked key is not told of',
    file: 'packages/server/src/log/revoke-key.ts',
    find: "appendEntries(ctx, tx, [{ subject: { key: kid }, action: 'reject', reason: 'key-revoked' }]),",
    replace: 'tx.log.state(),',
    test: tests.keys,
    name: 'revoked',
  },
  {
    what: 'a reader that does not read is never cut',
    file: 'packages/server/src/log/feed-streams.ts',
    find: 'const maxWaiting = 1 << 20;',
    replace: 'const maxWaiting = 1 << 30;',
    test: tests.readers,
  },
  {
    what: 'a reader resumes one entry too late',
    file: 'packages/server/src/log/read-feed.ts',
    find: 'const from = snapshot ? state.pruned : after!;',
    replace: 'const from = snapshot ? state.pruned : after! + 1;',
    test: tests.feed,
  },
  {
    what: 'a page on plain http gets the credential',
    file: 'packages/server/src/http/origin.ts',
    find: "return origin === undefined && site === undefined ? 'program' : 'page';",
    replace: "return site === undefined ? 'program' : 'page';",
    test: 'packages/server/src/http/origin.test.ts',
  },
  {
    what: 'a page of any origin of its own kind counts as an application',
    file: 'packages/server/src/http/origin.ts',
    find: 'if (origin !== undefined && applications.has(origin))',
    replace: 'if (origin !== undefined && isApplication(origin, own.hostname))',
    test: 'packages/server/src/http/origin.test.ts',
  },
];
