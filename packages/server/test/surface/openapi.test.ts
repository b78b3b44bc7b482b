import assert from 'node:assert/strict';
import { it } from 'node:test';
import { errorCodes } from '../../src/kernel/errors.ts';
import { onEachStore, type World } from '../support/world.ts';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly security: readonly object[];
  readonly requestBody?: { readonly required: boolean };
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, object>> }>>;
}
interface Document {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

async function documentOf(w: World): Promise<Document> {
  const answer = await w.call({ method: 'GET', path: '/openapi.json' });
  assert.equal(answer.status, 200);
  return answer.json as unknown as Document;
}

/** Routes of the contract with who may call them. */
const contract: Readonly<Record<string, string>> = {
  'post /api/v1/signup': 'anybody',
  'get /api/v1/signup/validate': 'anybody',
  'post /api/v1/signin': 'anybody',
  'post /api/v1/signout': 'anybody',
  'get /api/v1/sessions': 'admin',
  'get /api/v1/sessions/{user_id}': 'owner or admin',
  'get /api/v1/sessions/current': 'signed',
  'post /api/v1/sessions/restore': 'signed',
  'delete /api/v1/sessions/{user_id}/{session_id}': 'owner or admin',
  'delete /api/v1/sessions/{user_id}': 'owner or admin',
  'get /api/v1/accounts': 'admin',
  'get /api/v1/accounts/current': 'signed',
  'get /api/v1/accounts/{user_id}': 'owner or admin',
  'put /api/v1/accounts/{user_id}': 'owner or admin',
  'delete /api/v1/accounts/{user_id}': 'owner or admin',
  'get /api/v1/roles': 'admin',
  'get /api/v1/roles/{user_id}': 'owner or admin',
  'put /api/v1/roles/{user_id}': 'admin, or the admin of a site for roles of the site',
  'post /api/v1/roles/{user_id}/grant': 'admin, or the admin of a site for roles of the site',
  'post /api/v1/roles/{user_id}/revoke': 'admin, or the admin of a site for roles of the site',
  'get /api/v1/passwords/{user_id}': 'owner or admin',
  'post /api/v1/passwords/validate': 'anybody',
  'post /api/v1/passwords/{user_id}/unlock': 'admin',
  'post /api/v1/passwords/{user_id}/change': 'owner',
  'post /api/v1/passwords/verify': 'signed',
  'get /api/v1/sites': 'signed',
  'get /api/v1/sites/all': 'admin',
  'get /api/v1/sites/find_by_code': 'signed',
  'post /api/v1/sites/validate_code': 'signed',
  'get /api/v1/sites/{site_id}': 'site user',
  'post /api/v1/sites': 'signed',
  'put /api/v1/sites/{site_id}': 'site admin',
  'delete /api/v1/sites/{site_id}': 'admin',
  'post /api/v1/sites/{site_id}/generate_code': 'site admin',
  'post /api/v1/sites/{site_id}/remove': 'site user',
  'get /api/v1/sites/{site_id}/users': 'site manager',
  'put /api/v1/sites/{site_id}/users/{user_id}': 'site admin',
  'delete /api/v1/sites/{site_id}/users/{user_id}': 'site admin',
  'get /api/v1/sites/{site_id}/invitations': 'site manager',
  'post /api/v1/sites/{site_id}/invitations': 'site manager, or an account that asks to join',
  'post /api/v1/sites/{site_id}/invitations/notify': 'site manager',
  'get /api/v1/sites/{site_id}/invitations/{id}': 'site manager',
  'delete /api/v1/sites/{site_id}/invitations/{id}': 'site manager, or an account that asks to join',
  'post /api/v1/sites/{site_id}/invitations/{id}/approve': 'site manager',
  'post /api/v1/sites/{site_id}/invitations/{id}/deny': 'site manager',
  'post /api/v1/sites/{site_id}/invitations/{id}/resend': 'site manager',
  'get /api/v1/invitations': 'signed',
  'post /api/v1/invitations/activate': 'signed',
  'post /api/v1/invitations/{id}/activate': 'signed',
  'get /api/v1/settings': 'admin',
  'get /api/v1/settings/{user_id}': 'owner or admin',
  'put /api/v1/settings/{user_id}': 'owner or admin',
  'patch /api/v1/settings/{user_id}': 'owner or admin',
  'post /auth/login': 'anybody',
  'post /auth/authenticate': 'token and cookie',
  'post /auth/who-am-i': 'anybody',
  'delete /auth/sessions/{sessionId}': 'token and cookie',
  'delete /auth/sessions': 'token and cookie',
  'post /auth/logout': 'token and cookie',
  'get /auth/sessions': 'token and cookie',
  'get /auth/revocations': 'service key',
  'get /.well-known/jwks.json': 'anybody',
  'get /.well-known/latchkey': 'anybody',
  'get /health/alive': 'anybody',
  'get /health/ready': 'anybody',
};

onEachStore(
  'the document of the API',
  (world) => {
    it('is OpenAPI 3.1 and names every route with its access', async () => {
      const document = await documentOf(world());
      assert.match(document.openapi, /^3\.1\.\d$/);
      assert.ok(document.info.title && document.info.version);
      assert.equal(document.servers[0]!.url, world().app.config.publicUrl);
      const access = Object.fromEntries(
        Object.entries(document.paths).flatMap(([path, operations]) =>
          Object.entries(operations).map(([method, { description }]) => [
            `${method} ${path}`,
            /^Access: (.+)\.$/m.exec(description)?.[1],
          ]),
        ),
      );
      assert.partialDeepStrictEqual(access, contract);
      for (const [name, words] of Object.entries(access)) assert.ok(words, name);
    });

    it('has no dangling reference, no name twice, and says what errors look like', async () => {
      const document = await documentOf(world());
      const text = JSON.stringify(document);
      for (const [, pointer = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
        const found = pointer
          .split('/')
          .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], document);
        assert.ok(found, pointer);
      }
      assert.ok(!/"\$ref":"(?!#\/)/.test(text), 'references stay within the document');
      assert.ok(!text.includes('x-optional'));
      const bodyOf = (path: string) => document.paths[path]!.post!.requestBody?.required;
      assert.equal(bodyOf('/api/v1/signin'), true);
      assert.equal(bodyOf('/api/v1/sessions/restore'), false);
      const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
      const names = operations.map(({ operationId }) => operationId);
      assert.equal(new Set(names).size, names.length);
      for (const { operationId, summary, responses, parameters = [] } of operations) {
        assert.ok(summary, operationId);
        for (const [status, { content }] of Object.entries(responses)) {
          if (Number(status) < 400) continue;
          assert.ok(content?.['application/problem+json'], `${operationId} ${status}`);
        }
        for (const { name } of parameters) assert.match(name, /^[a-z_A-Z]+$/);
      }
      const { schemas, securitySchemes } = document.components;
      assert.ok(schemas && 'Problem' in schemas && 'Session' in schemas);
      assert.ok(securitySchemes && 'cookie' in securitySchemes);
    });

    it('tells the statuses that requests got', async () => {
      const w = world();
      const document = await documentOf(w);
      const person = await w.person();
      const asked: readonly [
        method: string,
        template: string,
        path: string,
        headers: Record<string, string>,
      ][] = [
        ['get', '/api/v1/sessions', '/api/v1/sessions', {}],
        ['get', '/api/v1/sessions', '/api/v1/sessions', w.byHeader(person)],
        ['get', '/api/v1/sessions', '/api/v1/sessions?x=1', w.byHeader(await w.admin())],
        ['get', '/api/v1/sessions/{user_id}', '/api/v1/sessions/me', w.byHeader(person)],
        ['get', '/api/v1/sessions/current', '/api/v1/sessions/current', { 'x-session-id': 'dead' }],
        ['post', '/api/v1/signin', '/api/v1/signin', {}],
        ['post', '/api/v1/signin', '/api/v1/signin', { 'content-type': 'text/plain' }],
        ['post', '/api/v1/signin', '/api/v1/signin', { origin: 'https://evil.example' }],
        ['post', '/auth/who-am-i', '/auth/who-am-i', {}],
        ['get', '/auth/revocations', '/auth/revocations', {}],
      ];
      for (const [method, template, path, headers] of asked) {
        const answer = await w.call({
          method: method.toUpperCase(),
          path,
          headers,
          ...(path.endsWith('signin') && { body: '{}' }),
        });
        const told = document.paths[template]![method]!.responses;
        assert.ok(told[String(answer.status)], `${method} ${path} answered ${answer.status}`);
      }
    });
  },
  { engines: ['sqlite'] },
);

onEachStore(
  'pages of the API',
  (world) => {
    it('the reference page gets all that it loads from here', async () => {
      const w = world();
      const redirect = await w.call({ method: 'GET', path: '/docs' });
      assert.equal(redirect.status, 302);
      assert.equal(redirect.headers.location, '/docs/');
      const page = await w.call({ method: 'GET', path: '/docs/' });
      assert.equal(page.status, 200);
      assert.match(String(page.headers['content-type']), /^text\/html/);
      const loaded = [...page.text.matchAll(/<(?:script|link|img|iframe)[^>]*?\s(?:src|href)="([^"]+)"/g)];
      assert.ok(loaded.length > 0);
      for (const [, address = ''] of loaded) {
        if (address.startsWith('data:')) continue;
        assert.ok(!/^(?:[a-z]+:)?\/\//i.test(address), address);
        const path = new URL(address, 'http://localhost/docs/').pathname;
        const asset = await w.call({ method: 'GET', path });
        assert.equal(asset.status, 200, path);
        assert.match(String(asset.headers['content-type']), /javascript|css/);
      }
      const policy = String(page.headers['content-security-policy']);
      assert.ok(!/https?:|\*/.test(policy), policy);
      assert.ok(policy.includes("default-src 'none'") && policy.includes("connect-src 'self'"));
    });

    it('the page of errors has every code', async () => {
      const { text, status } = await world().call({ method: 'GET', path: '/docs/errors' });
      assert.equal(status, 200);
      for (const code of Object.keys(errorCodes)) assert.ok(text.includes(`id="${code}"`), code);
    });
  },
  { engines: ['sqlite'] },
);
