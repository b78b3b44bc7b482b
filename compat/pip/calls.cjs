// What a service on pip-services3 does: it calls through a client that extends RestClient. Run by the test beside it, in a
// Node.js that the packages still load in. Prints what came of the calls as JSON.
const { ConfigParams } = require('pip-services3-commons-nodex');
const { RestClient } = require('pip-services3-rpc-nodex');

const { url, user, admin, adminId } = JSON.parse(process.env.CALLS);

/** A client of the facade, with a session or without. */
async function openClient(sessionId, place = 'query') {
  const client = new RestClient();
  const settings = { 'connection.uri': url, base_route: 'api/v1', 'options.correlation_id': place };
  client.configure(ConfigParams.fromTuples(...Object.entries(settings).flat()));
  if (sessionId !== undefined) client._headers['x-session-id'] = sessionId;
  await client.open('start');
  return client;
}

/** The error that a call is refused with, as the client makes it. */
async function errorOf(call) {
  try {
    await call;
  } catch (error) {
    const { correlation_id: correlationId, category, code, status, message, details } = error;
    return { correlationId, class: error.constructor.name, category, code, status, message, details };
  }
  throw new Error('the call was not refused');
}

/** Reads, changes a member of what was read, and writes all of it; returns what is there now. */
async function readModifyWrite(own, asAdmin, userId) {
  const changed = [];
  for (const [client, path, member, value] of [
    [own, `/accounts/${userId}`, 'name', 'Ada B.'],
    [own, `/email_settings/${userId}`, 'language', 'de'],
    [own, `/settings/${userId}`, 'parameters', { theme: 'dark' }],
    [asAdmin, `/roles/${userId}`, 'roles', ['paid']],
  ]) {
    const read = await client.call('get', path, 'w-1');
    await client.call('put', path, 'w-2', {}, { ...read, [member]: value });
    changed.push((await client.call('get', path, 'w-3'))[member]);
  }
  return changed;
}

async function main() {
  const anybody = await openClient();
  const signedUp = await anybody.call('post', '/signup', 'c-1', {}, user);
  const { email: login, password } = user;
  const signedIn = await anybody.call('post', '/signin', 'c-2', {}, { login, password });
  const asAdmin = await openClient((await anybody.call('post', '/signin', 'c-3', {}, admin)).id);
  const own = await openClient(signedIn.id);
  const byHeader = await openClient(signedIn.id, 'headers');
  const userId = signedIn.user_id;
  const paging = own.addPagingParams({ paging: true }, { skip: 0, take: 1, total: true });

  const results = {
    signedUp: signedUp.user_name,
    current: (await own.call('get', '/sessions/current', 'c-4')).user.login,
    page: await own.call('get', `/sessions/${userId}`, 'c-5', paging),
    restored:
      (await own.call('post', '/sessions/restore', 'c-6', { session_id: signedIn.id }, {})).id ===
      signedIn.id,
    granted: (await asAdmin.call('post', `/roles/${userId}/grant`, 'c-7', {}, ['paid'])).roles,
    revoked: (await asAdmin.call('post', `/roles/${userId}/revoke`, 'c-8', {}, ['paid'])).roles,
    free: await anybody.call('get', '/signup/validate', 'c-9', { login: 'nobody-has-it' }),
    putBack: await readModifyWrite(own, asAdmin, userId),
    errors: [
      await errorOf(anybody.call('post', '/signin', 'e-1', {}, { login, password: `${password}!` })),
      await errorOf(anybody.call('get', '/sessions/current', 'e-2')),
      await errorOf(own.call('get', '/accounts', 'e-3')),
      await errorOf(asAdmin.call('get', '/accounts/1', 'e-4')),
      await errorOf(own.call('get', `/sessions/${userId}`, 'e-5', { take: 0 })),
      await errorOf(asAdmin.call('post', `/roles/${adminId}/revoke`, 'e-6', {}, ['admin'])),
      await errorOf(byHeader.call('get', '/nothing', 'e-7')),
    ],
    signedOut: await own.call('post', '/signout', 'c-10', {}, null),
  };
  results.errors.push(await errorOf(own.call('get', '/sessions/current', 'e-8')));
  console.log(JSON.stringify(results));
  for (const client of [anybody, asAdmin, own, byHeader]) await client.close('end');
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
