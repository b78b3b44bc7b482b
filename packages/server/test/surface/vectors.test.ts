import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { assertProblem, newLogin, onEachStore, signUpBody, type World } from '../support/world.ts';

// Not part of the repository: github.com/nst/JSONTestSuite and github.com/minimaxir/big-list-of-naughty-strings.
const folder = fileURLToPath(new URL('../../../../../shared/vectors/', import.meta.url));
const parsing = `${folder}json/test_parsing/`;
const naughty = [`${folder}blns.json`].find(existsSync);

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

onEachStore(
  'bodies of the JSON test suite',
  (world) => {
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
  },
  { engines: ['sqlite'] },
);

/** Signs up with the text in all places; a place where it is refused gets another text. */
async function signUpWith(w: World, text: string) {
  const kept = { name: text, login: `${newLogin()}${text}`, password: `${text} and fifteen more characters` };
  const plain = signUpBody();
  let body = { ...kept };
  for (;;) {
    const answer = await w.call({ method: 'POST', path: '/api/v1/signup', json: body });
    if (answer.status === 200) return { body, answer };
    const long = answer.json.code === 'PASSWORD_TOO_LONG';
    assertProblem(answer, 400, long ? 'PASSWORD_TOO_LONG' : 'INVALID_DATA');
    const [error] = (answer.json.errors ?? [{ field: 'password' }]) as { field: keyof typeof body }[];
    assert.notEqual(body[error!.field], plain[error!.field], 'a plain text is not refused');
    body = { ...body, [error!.field]: plain[error!.field] };
  }
}

onEachStore('naughty strings', (world) => {
  const check = async (text: string) => {
    const w = world();
    const { body, answer } = await signUpWith(w, text);
    const { login, name, password } = body;
    assert.equal(answer.json.user_name, name.normalize('NFC').trim());
    const signIn = (json: object) => w.call({ method: 'POST', path: '/api/v1/signin', json });
    const found = await signIn({ login, password });
    const shown = login.normalize('NFC').replace(/^[\s\p{DI}]+|[\s\p{DI}]+$/gu, '');
    assert.equal((found.json.user as { login: string }).login, shown);
    assert.equal((await signIn({ login: text, password: text })).status, 400);
    const path = `/api/v1/signup/validate?login=${encodeURIComponent(text)}`;
    const { status } = await w.call({ method: 'GET', path });
    assert.ok(status === 204 || status === 400, JSON.stringify(text));
    return name === text;
  };

  it('are kept to the letter or refused, wherever they stand', async (t) => {
    const all = [...strings];
    if (naughty === undefined) missing(t, 'the big list of naughty strings');
    else if (world().app.config.databaseUrl.startsWith('sqlite:')) {
      all.push(...(JSON.parse(readFileSync(naughty, 'utf8')) as string[]));
    }
    const kept: boolean[] = [];
    for (let i = 0; i < all.length; i += 16) {
      kept.push(...(await Promise.all(all.slice(i, i + 16).map(check))));
    }
    assert.ok(kept.filter(Boolean).length > 10);
  });
});
