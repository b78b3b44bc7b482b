// Runs in a project that has the packed packages installed and nothing else, under each runtime.
import { readFileSync } from 'node:fs';
import { createClient } from '@latchkey/client';
import { createVerifier, InvalidCredentials } from '@latchkey/verify';
import { guardProxy, requireSession } from '@latchkey/verify/next';

const { issuer, serviceKey, login, password, vectors } = JSON.parse(process.env.CHECK);
const installed = new URL('./node_modules/@latchkey/verify/', import.meta.url);
const read = (url) => JSON.parse(readFileSync(url, 'utf8'));

/** Imports every entry point, although no framework is installed. How many there are. */
async function importAll() {
  const { exports } = read(new URL('package.json', installed));
  const names = Object.keys(exports).map((way) => way.replace('.', '@latchkey/verify'));
  for (const name of names) await import(name);
  return names.length;
}

/** Compares the verdicts of the package's own code with those of the vectors. How many there are. */
async function runVectors() {
  const internal = await import(new URL('internal.js', installed).href);
  const { createTokenVerifier, parseJwks, parseCredential, credentialHash, parseEntry, Replica } = internal;
  const { cases, jwks, now, ...options } = read(new URL('tokens.json', vectors));
  const { keys } = parseJwks(JSON.stringify(jwks));
  const tokens = createTokenVerifier({ ...options, now: () => now * 1000, findKey: (kid) => keys.get(kid) });
  let count = 0;
  const expect = (same, name) => {
    if (!same) throw new Error(`vector: ${name}`);
    count += 1;
  };
  for (const { name, token, cookie, ignoreExpiry, verdict, reason } of cases) {
    let told = 'accept';
    try {
      tokens.check(token, cookie, { ignoreExpiry: ignoreExpiry === true });
    } catch (error) {
      told = error.reason;
    }
    expect(told === (verdict === 'accept' ? verdict : reason), name);
  }
  for (const { name, text, kids } of read(new URL('keys.json', vectors)).cases) {
    let told;
    try {
      told = [...parseJwks(text).keys.keys()].sort();
    } catch {}
    expect(String(told) === String(kids), name);
  }
  for (const { credential, sessionId, cth } of read(new URL('credentials.json', vectors)).cases) {
    const parsed = parseCredential(credential);
    expect(parsed?.sessionId === sessionId, credential);
    if (cth !== undefined) expect(credentialHash(credential) === cth, credential);
  }
  for (const { name, token, entries, verdict } of read(new URL('revocations.json', vectors)).cases) {
    const replica = new Replica();
    const from = (entries[0]?.seq ?? 1) - 1;
    const applied = entries.map(parseEntry);
    replica.applySnapshot({ from, position: from + applied.length, entries: applied }, 0);
    const { sid, userId, rev, kid, roles } = token;
    const sites = roles.filter((role) => role.includes(':')).map((role) => role.split(':')[0]);
    const said = replica.check({ sid, userId, rev, kid, sites });
    expect({ undefined: 'accept', reject: 'reject', refresh: 'stale' }[said?.action] === verdict, name);
  }
  return count;
}

/** Signs in, checks credentials here without asking, and learns that the session was closed. */
async function followServer() {
  const verifier = createVerifier({ issuer, serviceKey, onStale: 'reject' });
  await verifier.ready();
  const client = createClient({ baseUrl: issuer });
  const { data } = await client.POST('/api/v1/signin', { body: { login, password } });
  const [token, cookie] = [await client.token(), client.credential];
  const { userId, signal } = await verifier.authenticate(token, cookie);
  if (String(userId) !== data.user_id) throw new Error('somebody else');
  const codeOf = (sent) =>
    verifier.authenticate(token, sent).then(
      () => 'accepted',
      (error) => (error instanceof InvalidCredentials ? error.code : String(error)),
    );
  const mismatch = await codeOf(`${'A'.repeat(22)}.${'A'.repeat(43)}`);

  const handler = requireSession(verifier)((_request, _context, caller) => Response.json(caller.userId));
  const request = (headers) => new Request('http://localhost/', { headers });
  const signedIn = request({ authorization: `Bearer ${token}`, 'x-session-id': cookie });
  const statuses = [
    (await handler(signedIn, undefined)).status,
    (await guardProxy(verifier)(request({}))).status,
  ];

  const ended = new Promise((resolve) =>
    signal.addEventListener('abort', () => resolve(signal.reason.reason)),
  );
  await client.POST('/api/v1/signout');
  const answer = { mismatch, statuses, ended: await ended, afterwards: await codeOf(cookie) };
  verifier.close();
  return answer;
}

const result = { ways: await importAll(), vectors: await runVectors(), ...(await followServer()) };
console.log(JSON.stringify(result));
// Nothing keeps the process running.
