import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, it, type TestContext } from 'node:test';
import { createClient, TokenError } from '../src/index.ts';
import { countingFetch, json, password, startWorld, type World } from './support.ts';

const whoAmI = '/auth/who-am-i';
const minute = 60_000;
/** More than a token lives. */
const night = 6 * minute;

/** Moves the two clocks of this process apart, as sleep and corrections do. */
function movableClocks(context: TestContext) {
  const [realNow, realMonotonic] = [Date.now, performance.now.bind(performance)];
  const shift = { wall: 0, monotonic: 0 };
  context.mock.method(Date, 'now', () => realNow() + shift.wall);
  context.mock.method(performance, 'now', () => realMonotonic() + shift.monotonic);
  return {
    move(wall: number, monotonic: number) {
      shift.wall += wall;
      shift.monotonic += monotonic;
    },
  };
}

describe('the client on a machine whose clocks', () => {
  let world: World;
  let people = 0;
  before(async () => {
    world = await startWorld();
  });
  after(() => world.close());

  async function signedUp(inner?: typeof fetch) {
    const net = countingFetch(inner);
    const ended: string[] = [];
    const onSignedOut = () => void ended.push('signed out');
    const client = createClient({ baseUrl: world.latchkey, fetch: net.fetch, onSignedOut });
    people += 1;
    const login = `sleeper-${people}`;
    await client.POST('/api/v1/signup', { body: { name: 'Ada', login, password } });
    return { client, net, ended };
  }

  /** Until the service's verifier, which has slept as well, has heard of the log again. */
  async function awake() {
    const end = performance.now() + 10_000;
    while (world.verifier.status().staleness > 1000 || world.verifier.status().clockDifference !== 0) {
      assert.ok(performance.now() < end, 'the verifier wakes up');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  for (const [name, wall, monotonic, refreshes] of [
    ['stand still while it sleeps, but for the wall clock', night, 0, true],
    ['go on while it sleeps', night, night, true],
    ['go on while the wall clock is set back', -60 * minute, night, true],
    ['are right, but that the wall clock is set back', -60 * minute, 0, false],
    ['go on for a moment', minute, minute, false],
    ['lag for a moment', minute, 0, false],
  ] as const) {
    it(`${name}: ${refreshes ? 'has one refresh' : 'keeps its token'} for a hundred calls`, async (context) => {
      const { client, net, ended } = await signedUp();
      const clocks = movableClocks(context);
      const old = await client.token();
      clocks.move(wall, monotonic);
      const tokens = new Set(await Promise.all(Array.from({ length: 100 }, () => client.token())));
      assert.equal(tokens.size, 1);
      assert.deepEqual([tokens.has(old), net.count(whoAmI)], refreshes ? [false, 2] : [true, 1]);
      // Once is enough: the new token counts from now.
      await client.token();
      assert.equal(net.count(whoAmI), refreshes ? 2 : 1);
      assert.deepEqual(ended, []);
    });
  }

  it('slept: its calls to a service are all accepted at once', async (context) => {
    const statuses: number[] = [];
    const { client, net } = await signedUp(async (...request) => {
      const answer = await fetch(...request);
      statuses.push(answer.status);
      return answer;
    });
    const clocks = movableClocks(context);
    await json(client.fetch(world.service));
    clocks.move(night, 0);
    await awake();
    statuses.length = 0;
    const answers = await Promise.all(Array.from({ length: 100 }, () => json(client.fetch(world.service))));
    assert.equal(new Set(answers.map(({ userId }) => userId)).size, 1);
    assert.equal(net.count(whoAmI), 2);
    assert.deepEqual(new Set(statuses), new Set([200]));
  });

  it('slept while Latchkey is away: says so, instead of handing out a token that has ended', async (context) => {
    const { client, net, ended } = await signedUp();
    const clocks = movableClocks(context);
    const old = await client.token();
    net.offline = true;
    clocks.move(4.8 * minute, 0);
    assert.equal(await client.token(), old);
    clocks.move(minute, 0);
    for (let i = 0; i < 2; i += 1) {
      await assert.rejects(
        client.token(),
        (error) => error instanceof TokenError && error.code === 'UNAVAILABLE',
      );
    }
    net.offline = false;
    assert.notEqual(await client.token(), old);
    assert.deepEqual(ended, []);
  });

  it('leap ahead and back while Latchkey is away: the token still ends in time', async (context) => {
    const { client, net } = await signedUp();
    const clocks = movableClocks(context);
    const old = await client.token();
    net.offline = true;
    clocks.move(4.9 * minute, 0);
    assert.equal(await client.token(), old);
    clocks.move(-4.9 * minute, 0);
    clocks.move(0, 5 * minute);
    await assert.rejects(client.token(), TokenError);
  });

  it('slept while a token was on its way: it is asked for again', async (context) => {
    const clocks = movableClocks(context);
    let asleep = true;
    const { client, net } = await signedUp(async (...request) => {
      const answer = await fetch(...request);
      if (new URL(answer.url).pathname === whoAmI && asleep) {
        asleep = false;
        clocks.move(night, 0);
      }
      return answer;
    });
    const token = await client.token();
    assert.equal(net.count(whoAmI), 2);
    assert.equal(await client.token(), token);
    assert.equal(net.count(whoAmI), 2);
    const { iat } = JSON.parse(Buffer.from(token!.split('.')[1]!, 'base64url').toString()) as { iat: number };
    assert.ok(Math.abs(iat - Date.now() / 1000) < 5);
  });

  it('slept while Login was answered: its token counts from before', async (context) => {
    const clocks = movableClocks(context);
    const { client, net } = await signedUp(async (...request) => {
      const answer = await fetch(...request);
      if (new URL(answer.url).pathname === '/auth/login') clocks.move(night, 0);
      return answer;
    });
    const body = { username: `sleeper-${people}`, password };
    const { data } = await client.POST('/auth/login', { body });
    assert.notEqual(await client.token(), data!.token);
    assert.equal(net.count(whoAmI), 1);
  });
});

describe('a process with the client', () => {
  it('that was stopped and goes on when its token has ended does not send it', async () => {
    const world = await startWorld();
    const folder = await mkdtemp(join(tmpdir(), 'latchkey-sleep-'));
    const file = join(folder, 'offset');
    await writeFile(file, '0');
    const shim = new URL('../../server/test/faults/support/moved-clock.ts', import.meta.url);
    const own = createClient({ baseUrl: world.latchkey });
    await own.POST('/api/v1/signup', { body: { name: 'Ada', login: 'ada', password } });
    const child = spawn(
      process.execPath,
      [`--import=${shim.href}`, join(import.meta.dirname, 'sleeper.ts')],
      {
        env: { ...process.env, TEST_CLOCK_FILE: file, BASE_URL: world.latchkey, CREDENTIAL: own.credential },
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    );
    try {
      const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
      const ask = async () => {
        child.stdin.write('\n');
        return JSON.parse((await lines.next()).value!) as { tokens: string[]; asked: number };
      };
      const before = await ask();
      child.kill('SIGSTOP');
      // The lid is closed: only the wall clocks go on, here and at Latchkey.
      world.clock.move(night);
      await writeFile(file, String(night));
      await new Promise((resolve) => setTimeout(resolve, 300));
      child.kill('SIGCONT');
      await new Promise((resolve) => setTimeout(resolve, 300));
      const woken = await ask();
      assert.deepEqual([before.tokens.length, woken.tokens.length], [1, 1]);
      assert.notEqual(woken.tokens[0], before.tokens[0]);
      assert.deepEqual([before.asked, woken.asked], [1, 2]);
    } finally {
      child.stdin.end();
      child.kill('SIGCONT');
      await once(child, 'exit');
      await world.close();
      await rm(folder, { recursive: true });
    }
  });
});
