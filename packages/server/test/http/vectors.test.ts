import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { assertProblem, newLogin, onEachStore, signUpBody } from './support/world.ts';

// Not part of the repository: github.com/nst/JSONTestSuite and github.com/minimaxir/big-list-of-naughty-strings.
const folder = fileURLToPath(new URL('../../../../../shared/vectors/', import.meta.url));
const parsing = `${folder}json/test_parsing/`;
const naughty = [`${folder}blns.json`, `${folder}json/blns.json`, `${folder}blns/blns.json`].find(existsSync);

const missing = (t: TestContext, what: string) =>
  t.diagnostic(`left out: ${what} is not beside the repository`);

/** Some of what the big list holds, for when it is not there. */
const strings = [
  'undefined',
  'null',
  'true',
  '-0',
  '1E+02',
  '0x0',
  '１２３',
  '<>?:"{}|_+',
  "';--",
  "1' OR '1'='1",
  '␡',
  '\u0000',
  '\u001b[31m',
  '\ufeff',
  '\u200b',
  '\u202eabc',
  'Ω≈ç√∫˜µ≤≥÷',
  '田中さんにあげて下さい',
  '👩‍👩‍👧‍👦 🇺🇸',
  'Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮',
  '﷽',
  'ﬀ',
  'İ',
  '<script>alert(1)</script>',
  '{{constructor.constructor("return this")()}}',
  '$(id)',
  '%s%n',
  '../../../etc/passwd',
  'COM1',
  'a'.repeat(5000),
];

onEachStore('vectors', (world) => {
  it('what is no JSON is 400 as a body, and what is JSON is never a fault of the server', async (t) => {
    if (!existsSync(parsing)) return missing(t, 'JSONTestSuite');
    const w = world();
    const files = readdirSync(parsing).filter((name) => name.endsWith('.json'));
    for (const name of files) {
      const body = readFileSync(`${parsing}${name}`);
      const headers = { 'content-type': 'application/json' };
      const answer = await w.call({ method: 'POST', path: '/api/v1/signin', headers, body });
      if (body.length <= 256 * 1024) assertProblem(answer, 400, 'INVALID_DATA');
      else assertProblem(answer, 413, 'PAYLOAD_TOO_LARGE');
    }
    assert.ok(files.length > 300);
  });

  it('strings of all kinds are kept to the letter or refused, wherever they stand', async (t) => {
    if (naughty === undefined) missing(t, 'the big list of naughty strings');
    const all = naughty === undefined ? strings : (JSON.parse(readFileSync(naughty, 'utf8')) as string[]);
    const w = world();
    let kept = 0;
    for (const text of [...all, ...strings]) {
      const named = await w.call({
        method: 'POST',
        path: '/api/v1/signup',
        json: signUpBody({ name: text }),
      });
      if (named.status === 200) {
        kept += 1;
        assert.equal(named.json.user_name, text.normalize('NFC').trim());
      } else assertProblem(named, 400, 'INVALID_DATA');

      const body = signUpBody({ login: `${newLogin()}${text}` });
      const made = await w.call({ method: 'POST', path: '/api/v1/signup', json: body });
      if (made.status === 200) {
        const { login, password } = body;
        const found = await w.call({ method: 'POST', path: '/api/v1/signin', json: { login, password } });
        assert.equal((found.json.user as { login: string }).login, login.normalize('NFC').trim());
      } else assertProblem(made, 400, 'INVALID_DATA');

      const password = `${text} and fifteen more characters`;
      const other = signUpBody({ password });
      const set = await w.call({ method: 'POST', path: '/api/v1/signup', json: other });
      if (set.status === 200) await w.again({ login: other.login, password });
      else assertProblem(set, 400, 'PASSWORD_TOO_LONG');

      for (const json of [
        { login: text, password },
        { login: other.login, password: text },
      ]) {
        const answer = await w.call({ method: 'POST', path: '/api/v1/signin', json });
        assert.equal(answer.status, 400, JSON.stringify(text));
      }
      const query = `?login=${encodeURIComponent(text)}`;
      const valid = await w.call({ method: 'GET', path: `/api/v1/signup/validate${query}` });
      assert.ok([204, 400].includes(valid.status), JSON.stringify(text));
    }
    assert.ok(kept > 10);
  });
});
