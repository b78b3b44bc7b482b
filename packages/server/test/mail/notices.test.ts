import assert from 'node:assert/strict';
import { it } from 'node:test';
import { assertProblem, newLogin, newPassword, onEachStore, type World } from '../support/world.ts';

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const newerFirefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0';
const safari =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15';

async function withMail(w: World) {
  const email = `${newLogin()}@example.com`;
  return { ...(await w.person({ login: newLogin(), email })), email };
}

type Mailed = Awaited<ReturnType<typeof withMail>>;

async function signIn(w: World, { login, password }: Mailed, agent: string): Promise<void> {
  const request = { method: 'POST', path: '/api/v1/signin', json: { login, password } };
  const answer = await w.call({ ...request, headers: { 'user-agent': agent } });
  assert.equal(answer.status, 200, answer.text);
}

async function changePassword(w: World, anna: Mailed): Promise<void> {
  const path = `/api/v1/passwords/${anna.id}/change`;
  const json = { old_password: anna.password, new_password: newPassword() };
  const answer = await w.call({ method: 'POST', path, json, headers: w.byHeader(anna) });
  assert.equal(answer.status, 200, answer.text);
}

async function noticesTo(w: World, { email }: Mailed): Promise<string[]> {
  return (await w.mailsTo(email)).map(({ kind }) => kind).filter((kind) => kind !== 'verify-email');
}

onEachStore('notices', (world) => {
  it('a changed password is told once', async () => {
    const w = world();
    const anna = await withMail(w);
    await changePassword(w, anna);
    assert.deepEqual(await noticesTo(w, anna), ['password-changed']);
    const { values } = (await w.mailsTo(anna.email)).at(-1)!;
    assert.equal(values.login, anna.login);
    assert.match(values.time!, /^\d{4}-\d\d-\d\d \d\d:\d\d UTC$/);
    assert.ok(values.link!.startsWith(`${w.app.config.publicUrl}/recover#`));
  });

  it('one that failed is not', async () => {
    const w = world();
    const anna = await withMail(w);
    const path = `/api/v1/passwords/${anna.id}/change`;
    const json = { old_password: newPassword(), new_password: newPassword() };
    assertProblem(
      await w.call({ method: 'POST', path, json, headers: w.byHeader(anna) }),
      400,
      'WRONG_PASSWORD',
    );
    assert.deepEqual(await noticesTo(w, anna), []);
  });

  it('a device of another make is told, a newer version of a browser is not', async () => {
    const w = world();
    const anna = await withMail(w);
    await signIn(w, anna, firefox);
    await signIn(w, anna, newerFirefox);
    await signIn(w, anna, safari);
    await signIn(w, anna, safari);
    await signIn(w, anna, firefox);
    assert.deepEqual(await noticesTo(w, anna), ['new-device', 'new-device']);
    const { values } = (await w.mailsTo(anna.email)).at(-1)!;
    assert.match(values.client!, /^Safari/);
    assert.match(values.platform!, /^macOS/);
    assert.equal(values.address, '127.0.0.1');
  });

  it('each can be turned off', async () => {
    const w = world();
    const anna = await withMail(w);
    const subscriptions = { password_changed: false, new_device: false, email_changed: false };
    const answer = await w.call({
      method: 'PUT',
      path: `/api/v1/email_settings/${anna.id}`,
      json: { subscriptions },
      headers: w.byHeader(anna),
    });
    assert.equal(answer.status, 200, answer.text);
    await signIn(w, anna, safari);
    const moved = { email: `${newLogin()}@example.com` };
    const path = `/api/v1/email_settings/${anna.id}`;
    await w.call({ method: 'PUT', path, json: moved, headers: w.byHeader(anna) });
    await changePassword(w, anna);
    assert.deepEqual(await noticesTo(w, anna), []);
  });
});
