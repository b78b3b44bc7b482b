import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createClient } from '../src/index.ts';
import { browserFetch, json, password, startWorld, type World } from './support.ts';

const current = '/api/v1/sessions/current';
const signOut = '/api/v1/signout';

/** A `fetch` whose answers from a held path wait until they are released. */
function holdingFetch() {
  const held = new Map<string, { readonly arrived: () => void; readonly released: Promise<void> }>();
  return {
    async fetch(input: Parameters<typeof fetch>[0], init?: RequestInit) {
      const answer = await fetch(input, init);
      const hold = held.get(new URL(input instanceof Request ? input.url : input).pathname);
      hold?.arrived();
      await hold?.released;
      return answer;
    },
    hold(path: string) {
      const arrival = Promise.withResolvers<void>();
      const release = Promise.withResolvers<void>();
      held.set(path, { arrived: arrival.resolve, released: release.promise });
      return {
        arrived: arrival.promise,
        release() {
          held.delete(path);
          release.resolve();
        },
      };
    },
  };
}

describe('late answers', () => {
  let world: World;
  let people = 0;
  before(async () => {
    world = await startWorld();
  });
  after(() => world.close());

  /** Somebody who has signed up, in a page or elsewhere, and is never to be told that the session has ended. */
  async function signedUp(mode: 'cookie' | 'header') {
    const { hold, fetch: inner } = holdingFetch();
    const { fetch } = mode === 'cookie' ? browserFetch(inner) : { fetch: inner };
    const options = { baseUrl: world.latchkey, fetch, mode, onSignedOut: () => assert.fail('signed out') };
    const client = createClient(options);
    people += 1;
    const login = `late-${people}`;
    const { data } = await client.POST('/api/v1/signup', { body: { name: 'Ada', login, password } });
    await client.token();
    const userId = data!.user_id;
    const changePassword = (by: typeof client) =>
      by.POST('/api/v1/passwords/{user_id}/change', {
        params: { path: { user_id: userId } },
        body: { old_password: password, new_password: `${password} 2` },
      });
    const holdChange = () => hold(`/api/v1/passwords/${userId}/change`);
    const assertGoesOn = async () =>
      assert.equal((await json(client.fetch(world.service))).userId, Number(userId));
    return { hold, client, login, changePassword, holdChange, assertGoesOn, otherTab: createClient(options) };
  }

  for (const mode of ['header', 'cookie'] as const) {
    it(`do not end the session that a change of password is about to open: ${mode}`, async () => {
      const { client, changePassword, holdChange, assertGoesOn } = await signedUp(mode);
      const change = holdChange();
      const changed = changePassword(client);
      await change.arrived;
      assert.equal((await client.GET(current)).response.status, 440);
      const refreshed = client.refresh();
      await new Promise((resolve) => setTimeout(resolve, 50));
      change.release();
      assert.equal((await changed).response.status, 200);
      assert.equal(await refreshed, true);
      await assertGoesOn();
    });
  }

  for (const path of [current, '/auth/who-am-i']) {
    it(`do not end the session that another tab has opened: ${path}`, async () => {
      const { client, otherTab, hold, changePassword, holdChange, assertGoesOn } = await signedUp('cookie');
      const [change, asked] = [holdChange(), hold(path)];
      const changed = changePassword(otherTab);
      await change.arrived;
      // With the old cookie, which is replaced before the answer arrives.
      const answered = path === current ? client.GET(current) : client.refresh();
      await asked.arrived;
      change.release();
      await changed;
      asked.release();
      await answered;
      await assertGoesOn();
    });
  }

  it('to a sign-out do not end the session that was opened since', async () => {
    const { client, hold, login, assertGoesOn } = await signedUp('header');
    const held = hold(signOut);
    const signedOut = client.POST(signOut);
    await held.arrived;
    await client.POST('/api/v1/signin', { body: { login, password } });
    held.release();
    await signedOut;
    await assertGoesOn();
  });
});
