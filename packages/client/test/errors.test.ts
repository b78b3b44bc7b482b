import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createClient, errorOf, InvalidCredentials, NoPermissions } from '../src/index.ts';
import { password, startWorld, type World } from './support.ts';

describe('the exceptions of the auth interface', () => {
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world.close());

  async function signedUp(login: string) {
    const client = createClient({ baseUrl: world.latchkey });
    await client.POST('/api/v1/signup', { body: { name: 'Ada', login, password } });
    return client;
  }

  it('a session of somebody else is NoPermissions', async () => {
    const [ada, ben] = [await signedUp('ada-1'), await signedUp('ben-1')];
    const sessionId = ben.credential!.split('.')[0]!;
    const { error, response } = await ada.DELETE('/auth/sessions/{sessionId}', {
      params: { path: { sessionId } },
    });
    assert.equal(response.status, 403);
    const exception = errorOf(error);
    assert.ok(exception instanceof NoPermissions && exception instanceof Error);
    assert.equal(exception.code, 'NO_PERMISSIONS');
  });

  it('a wrong password is InvalidCredentials', async () => {
    const client = createClient({ baseUrl: world.latchkey });
    const { error } = await client.POST('/auth/login', { body: { username: 'nobody', password } });
    assert.ok(errorOf(error) instanceof InvalidCredentials);
  });

  it('anything else is none of them', async () => {
    const { error } = await (await signedUp('cem-1')).GET('/api/v1/accounts');
    assert.equal((error as { code?: string }).code, 'NOT_IN_ROLE');
    for (const problem of [error, undefined, null, 'NO_PERMISSIONS', {}, { code: 7 }]) {
      assert.equal(errorOf(problem), undefined);
    }
  });
});
