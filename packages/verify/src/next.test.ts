import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../test/issuer.ts';
import { refused, startReady } from '../test/start.ts';
import { guardProxy, readSession } from './next.ts';

const page = { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
const action = (site: string) => ({
  'sec-fetch-site': site,
  'sec-fetch-mode': 'cors',
  'sec-fetch-dest': 'empty',
  'content-type': 'text/plain;charset=UTF-8',
  'next-action': '00',
});
const form = (site: string) => ({
  'sec-fetch-site': site,
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
  accept: 'text/html',
  'content-type': 'multipart/form-data; boundary=b',
});

test('the proxy sends a page to sign in by a whole URL, which is all that Next.js takes from it', async (context) => {
  const { verifier } = await startReady(context);
  const locationFor = async (redirect: string) => {
    const request = new Request('https://app.example.com//a/b?x=1', { headers: page });
    const answer = await guardProxy(verifier, { onSignedOut: { redirect } })(request);
    assert.equal(answer?.status, 302);
    return answer.headers.get('location');
  };
  const wayBack = '?return_to=%2Fa%2Fb%3Fx%3D1';
  assert.equal(await locationFor('/signin'), `https://app.example.com/signin${wayBack}`);
  assert.equal(await locationFor('https://id.example.com/in'), `https://id.example.com/in${wayBack}`);
});

test('the proxy lets the actions of guarded pages pass where that is wanted', async (context) => {
  const { issuer, verifier } = await startReady(context);
  const cookie = `x-session-id=${issuer.session().credential}`;
  const statusOf = async (cookieOnly: 'safe' | 'same-origin', headers: Record<string, string>) => {
    const request = new Request('https://app.example.com/a', { method: 'POST', headers });
    return (await guardProxy(verifier, { cookieOnly })(request))?.status;
  };
  for (const make of [action, form]) {
    assert.equal(await statusOf('same-origin', { ...make('same-origin'), cookie }), undefined);
    assert.equal(await statusOf('same-origin', make('same-origin')), 401);
    assert.equal(await statusOf('safe', { ...make('same-origin'), cookie }), 401);
    for (const site of ['same-site', 'cross-site', 'none', 'same-origin, same-origin']) {
      assert.equal(await statusOf('same-origin', { ...make(site), cookie }), 401, site);
    }
  }
  assert.equal(await statusOf('same-origin', { accept: 'text/html', cookie }), 401, 'an older browser');
});

test('reads the session of a server component and of a server action', async (context) => {
  const { issuer, verifier } = await startReady(context);
  const session = issuer.session();
  const cookie = `x-session-id=${session.credential}`;
  const read = async (headers: Record<string, string>, cookieOnly?: 'safe' | 'never') =>
    (await readSession(() => verifier, cookieOnly && { cookieOnly })(new Headers({ ...headers, cookie })))
      ?.sessionId;
  for (const headers of [page, action('same-origin'), form('same-origin')]) {
    assert.equal(await read(headers), session.id);
    assert.equal(await read(headers, 'never'), undefined);
  }
  for (const site of ['same-site', 'cross-site', 'none']) {
    assert.equal(await read(action(site)), undefined, site);
    assert.equal(await read(form(site)), undefined, site);
  }
  assert.equal(await read(action('same-origin'), 'safe'), undefined);
  assert.equal(await readSession(verifier)(new Headers(page)), undefined);
  issuer.append({ session: session.id });
  await until(() => verifier.status().position === 1);
  assert.equal(await read(page), undefined);
  verifier.close();
  await refused(read(page), 'closed');
});
