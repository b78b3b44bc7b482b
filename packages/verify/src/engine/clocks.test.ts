import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { Issuer, serviceKey, until } from '../../test/issuer.ts';
import { mint, newKey } from '../../test/mint.ts';
import { refused } from '../../test/start.ts';
import { freshCheck } from '../adapter/checks.ts';
import { InvalidCredentials, TokenStale, type Verifier, type VerifierOptions } from '../index.ts';
import { resolveOptions } from '../options.ts';
import { Activity } from './activity.ts';
import { steadyClock } from './steady-clock.ts';
import { startVerifier } from './verifier.ts';

const minute = 60;
/** By how many minutes this machine's clock and the issuer's are wrong. */
const shifts: readonly (readonly [ours: number, theirs: number])[] = [
  ...[-60, -10, 10, 60].map((ours) => [ours, 0] as const),
  ...[-60, -10, 10, 60].map((theirs) => [0, theirs] as const),
  ...[-60, -10, 10, 60].map((ours) => [ours, -ours] as const),
];

interface Moved {
  readonly issuer: Issuer;
  readonly verifier: Verifier;
  /** Sets both clocks apart from the right time, by minutes. */
  move(ours: number, theirs: number): void;
  /** A verifier by the same clocks; and one that is ready. */
  begin(options?: Partial<VerifierOptions>): Verifier;
  another(options?: Partial<VerifierOptions>): Promise<Verifier>;
}

async function startMoved(context: TestContext, options: Partial<VerifierOptions> = {}): Promise<Moved> {
  const issuer = await new Issuer().start();
  let [ours, theirs] = [0, 0];
  issuer.now = () => Math.floor(Date.now() / 1000) + theirs * minute;
  const clocks = { wall: () => Date.now() + ours * minute * 1000, monotonic: () => performance.now() };
  const verifiers: Verifier[] = [];
  context.after(async () => {
    for (const each of verifiers) each.close();
    await issuer.stop();
  });
  const begin = (own: Partial<VerifierOptions> = {}) => {
    const basic = { issuer: issuer.url, serviceKey, onStale: 'reject' } as const;
    const verifier = startVerifier(resolveOptions({ ...basic, ...options, ...own }), clocks);
    verifiers.push(verifier);
    return verifier;
  };
  const another = async (own?: Partial<VerifierOptions>) => {
    const verifier = begin(own);
    await verifier.ready({ timeout: 5000 });
    return verifier;
  };
  const move = (our: number, their: number) => {
    [ours, theirs] = [our, their];
  };
  return { issuer, move, begin, another, verifier: await another() };
}

/** A session with a token that the issuer dates by its own clock, the given number of seconds ago. */
function sessionOf(issuer: Issuer, ago = 0) {
  const iat = issuer.now() - ago;
  return issuer.session({ iat, exp: iat + 300, auth_time: iat });
}

const answerOf = (verifier: Verifier, { token, credential }: { token: string; credential: string }) =>
  verifier.authenticate(token, credential).then(
    () => 'accepted',
    (error) => `${error.code} ${error.reason}`,
  );

/** Waits until the verifier is in touch, by all of its clocks, and knows what the issuer's clock says now. */
async function inTouch({ issuer, verifier }: Moved): Promise<void> {
  const at = issuer.now();
  await until(() => verifier.status().staleness < 1000);
  const heard = issuer.beats;
  await until(() => issuer.beats > heard + 4 && issuer.now() >= at);
}

/** What holds whatever the clocks say. */
async function assertRight(moved: Moved): Promise<void> {
  const { issuer, verifier } = moved;
  const good = sessionOf(issuer);
  const old = sessionOf(issuer, 290);
  const over = sessionOf(issuer, 340);
  const future = sessionOf(issuer, -60);
  for (const session of [good, old]) assert.equal(await answerOf(verifier, session), 'accepted');
  await refused(verifier.authenticate(over.token, over.credential), 'expired');
  await refused(verifier.authenticate(future.token, future.credential), 'not-yet-valid');
  const { signal } = await verifier.authenticate(good.token, good.credential);
  issuer.append({ session: good.id });
  await until(async () => (await answerOf(verifier, good)) === 'INVALID_CREDENTIALS revoked');
  assert.equal(signal.aborted, true);
  assert.equal(await answerOf(verifier, old), 'accepted');
}

describe('clocks that are wrong', { concurrency: 4 }, () => {
  for (const [ours, theirs] of shifts) {
    const name = `ours by ${ours} min, the issuer's by ${theirs} min`;

    test(`${name}, from the start`, async (context) => {
      const moved = await startMoved(context);
      moved.verifier.close();
      moved.move(ours, theirs);
      const verifier = await moved.another();
      await assertRight({ ...moved, verifier });
      const difference = verifier.status().clockDifference - (theirs - ours) * minute;
      assert.ok(Math.abs(difference) <= 2, `${difference} s`);
    });

    test(`${name}, while it runs, there and back`, async (context) => {
      const moved = await startMoved(context);
      const { issuer, verifier, move } = moved;
      await assertRight(moved);
      for (const [our, their] of [
        [ours, theirs],
        [0, 0],
        [-ours, -theirs],
      ] as const) {
        const before = sessionOf(issuer);
        assert.equal(await answerOf(verifier, before), 'accepted');
        move(our, their);
        if (theirs === 0) {
          // Only our own clock moves: that may cause an outage until the next message, and nothing else.
          const answers = new Set<string>();
          const begin = performance.now();
          const lasted = () => performance.now() - begin;
          // On a busy machine the next message may take longer.
          while (lasted() < 300 || (!answers.has('accepted') && lasted() < 5000)) {
            answers.add(await answerOf(verifier, before));
            await new Promise((resolve) => setTimeout(resolve, 5));
          }
          answers.delete('UNAVAILABLE stale');
          assert.deepEqual([...answers], ['accepted']);
        }
        await inTouch(moved);
        await assertRight(moved);
      }
    });

    test(`${name}, cut off: it stops in time`, async (context) => {
      const moved = await startMoved(context, { maxStaleness: 300 });
      const { issuer, verifier, move } = moved;
      move(ours, theirs);
      await inTouch(moved);
      const session = sessionOf(issuer);
      assert.equal(await answerOf(verifier, session), 'accepted');
      await issuer.stop();
      const begin = performance.now();
      const end = begin + 1000;
      let last = begin;
      let turn = 0;
      while (performance.now() < end) {
        // Its clock keeps leaping: that must not make it accept for longer.
        turn += 1;
        move(turn % 2 === 0 ? ours : -ours, theirs);
        const asked = performance.now();
        const answer = await answerOf(verifier, session);
        if (answer === 'accepted') last = asked;
        else assert.equal(answer, 'UNAVAILABLE stale');
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      assert.ok(last - begin <= 350, `${last - begin} ms`);
    });
  }
});

test('before the first contact no token has expired', async (context) => {
  const { issuer, begin, move } = await startMoved(context);
  issuer.overrides.set('/auth/revocations', (request) => request.socket.destroy());
  for (const ours of [-60, 60]) {
    move(ours, 0);
    const verifier = begin();
    const session = sessionOf(issuer);
    await refused(verifier.authenticate(session.token, session.credential), 'not-ready');
  }
});

test('the issuer’s clock is set back: earlier tokens must be renewed, and none of them comes back to life', async (context) => {
  const moved = await startMoved(context);
  const { issuer, verifier, move } = moved;
  const ended = sessionOf(issuer);
  issuer.append({ session: ended.id });
  const lives = sessionOf(issuer);
  await until(() => verifier.status().position === 1);
  issuer.append({ user: 9 });
  await until(() => verifier.status().position === 2);
  assert.equal(await answerOf(verifier, lives), 'accepted');
  move(0, -60);
  await inTouch(moved);
  const renewed = mint(issuer.key, lives, issuer.url, { iat: issuer.now(), exp: issuer.now() + 300, rev: 2 });
  assert.ok(await verifier.authenticate(renewed, lives.credential));
  await assert.rejects(verifier.authenticate(lives.token, lives.credential), InvalidCredentials);
  // Its time comes again by the clock that was set back.
  move(0, -1);
  await inTouch(moved);
  move(0, 0);
  await inTouch(moved);
  await assert.rejects(verifier.authenticate(lives.token, lives.credential), TokenStale);
  await refused(verifier.authenticate(ended.token, ended.credential), 'revoked');
});

test('a verifier that starts after the clock was set back still refuses by what the issuer has forgotten', async (context) => {
  const moved = await startMoved(context);
  const { issuer, another, move } = moved;
  const ended = sessionOf(issuer);
  issuer.append({ session: ended.id });
  const lives = sessionOf(issuer);
  // The clock leaps ahead, the log forgets, the clock leaps back.
  issuer.from = 1;
  issuer.log = [];
  const later = await another();
  move(0, 0);
  await assert.rejects(later.authenticate(ended.token, ended.credential), TokenStale);
  assert.ok(await later.authenticate(lives.token, lives.credential));
});

test('an entry is kept for as long as a great difference of clocks lets a token live', async (context) => {
  const { issuer, another, move } = await startMoved(context);
  const verifier = await another({ clockSkew: 300 });
  const ended = sessionOf(issuer);
  // Kept by the issuer for two minutes beyond the token, and by the monotonic clock for none.
  const at = issuer.now() + 420;
  const entry = { subject: { session: ended.id }, action: 'reject', reason: 'signout' } as const;
  issuer.log.push({ seq: 1, at, expiresAt: at, ...entry });
  issuer.sendEntries(issuer.log);
  await until(() => verifier.status().position === 1);
  move(0, 8);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await refused(verifier.authenticate(ended.token, ended.credential), 'revoked');
  move(0, 13);
  await until(() => verifier.status().entries === 0);
  await refused(verifier.authenticate(ended.token, ended.credential), 'expired');
});

test('after the machine has slept, no expired token is accepted, even with onStale accept', async (context) => {
  const { issuer, move, another } = await startMoved(context);
  const verifier = await another({ maxStaleness: 300, onStale: 'accept' });
  const session = sessionOf(issuer);
  await issuer.stop();
  await until(() => verifier.status().staleness > 300);
  assert.equal(await answerOf(verifier, session), 'accepted');
  // The monotonic clock stands still meanwhile.
  move(6, 0);
  assert.equal(await answerOf(verifier, session), 'UNAVAILABLE stale');
  move(4, 0);
  assert.equal(await answerOf(verifier, session), 'accepted');
});

test('after the machine has slept, a key that is new by then is asked for, whatever was asked for just before', async (context) => {
  const moved = await startMoved(context);
  const { issuer, verifier, move } = moved;
  const session = sessionOf(issuer);
  const [made, next] = [newKey('made-up'), newKey('key-2')];
  const of = (key: typeof next) => mint(key, session, issuer.url, { rev: issuer.head });
  await refused(verifier.authenticate(of(made), session.credential), 'unknown-key');
  issuer.jwks = { keys: [issuer.key.jwk, next.jwk] };
  await refused(verifier.authenticate(of(next), session.credential), 'unknown-key');
  // The monotonic clock stands still meanwhile.
  move(6, 6);
  await inTouch(moved);
  const woken = mint(next, session, issuer.url, {
    iat: issuer.now(),
    exp: issuer.now() + 300,
    rev: issuer.head,
  });
  assert.ok(await verifier.authenticate(woken, session.credential));
});

test('a use of a session before the machine slept is reported as old as it is', async () => {
  let wall = 1_000_000;
  const activity = new Activity(steadyClock({ wall: () => wall, monotonic: () => 5 }), () => {});
  activity.note('before');
  wall += 6 * minute * 1000;
  activity.note('after');
  assert.deepEqual(activity.take()?.sort().reverse(), [
    ['before', 6 * minute * 1000],
    ['after', 0],
  ]);
});

test('a steady clock goes on with the one that goes further, and never back', () => {
  const clocks = { wall: 1_000_000, monotonic: 50 };
  const steady = steadyClock({ wall: () => clocks.wall, monotonic: () => clocks.monotonic });
  const steps: readonly (readonly [wall: number, monotonic: number, passed: number])[] = [
    [500, 500, 500],
    [60_000, 0, 60_000],
    [-3_600_000, 1000, 1000],
    [3_600_000, 1000, 3_600_000],
    [10_000, 10_000, 10_000],
  ];
  let before = steady();
  for (const [wall, monotonic, passed] of steps) {
    clocks.wall += wall;
    clocks.monotonic += monotonic;
    const now = steady();
    assert.equal(now - before, passed);
    before = now;
  }
  // Clocks that are read a moment apart, and rounded, gain nothing on each other.
  for (let i = 0; i < 1000; i += 1) {
    clocks.wall = 2_000_000 + Math.round(i / 2);
    clocks.monotonic += 0.5;
    if (i === 0) before = steady();
    else steady();
  }
  assert.equal(steady() - before, 499.5);
});

test('presence is judged by the issuer’s clock', async (context) => {
  const moved = await startMoved(context);
  const { issuer, verifier, move } = moved;
  const check = freshCheck('5m');
  const answer = async (ago: number) => {
    const session = sessionOf(issuer, ago);
    const caller = await verifier.authenticate(session.token, session.credential);
    return check(caller, () => undefined)?.code;
  };
  for (const [ours, theirs] of shifts) {
    move(ours, theirs);
    await inTouch(moved);
    assert.equal(await answer(280), undefined, `${ours} ${theirs}`);
    assert.equal(await answer(310), 'REAUTH_REQUIRED', `${ours} ${theirs}`);
  }
});
