/** What a reader of /openapi.json or /docs is told. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { promisify } from 'node:util';
import manifest from '../../package.json' with { type: 'json' };
import { newCaller, newStage } from '../access/callers.ts';
import { examples as requests } from '../access/examples.ts';
import { onEachStore, type World } from '../support/world.ts';

interface Media {
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, unknown>>;
}
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Readonly<Record<string, Media>> }>
  >;
}
interface Document {
  readonly info: { readonly version: string; readonly description: string };
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly securitySchemes: Readonly<Record<string, { readonly description?: string }>>;
  };
}

const documentOf = async (w: World) =>
  (await w.call({ method: 'GET', path: '/openapi.json' })).json as unknown as Document;

const hasExample = ({ example, examples = {} }: Media) =>
  example !== undefined || Object.keys(examples).length > 0;

onEachStore(
  'the reference',
  (world) => {
    it('has a title, answers in words and examples for each operation', async () => {
      const { paths, tags } = await documentOf(world());
      const groups = new Map(tags.map(({ name, description }) => [name, description]));
      for (const operation of Object.values(paths).flatMap((methods) => Object.values(methods))) {
        const { operationId, summary, description, requestBody, responses } = operation;
        assert.match(summary, /^[A-Z][^.;]{3,49}$/, `${operationId} needs a short title as its summary`);
        assert.match(description, /\.$/, operationId);
        for (const tag of operation.tags) assert.ok(groups.get(tag), `the group ${tag} needs a description`);
        for (const [status, { description: words, content = {} }] of Object.entries(responses)) {
          const what = `the answer ${status} of ${operationId}`;
          assert.ok(words.length > 5 && !/^(?:Default Response|Done\.)$/.test(words), `${what} needs words`);
          for (const media of Object.values(content)) {
            assert.ok(hasExample(media), `${what} needs an example in api/reference/examples.ts`);
          }
        }
        for (const media of Object.values(requestBody?.content ?? {})) {
          assert.ok(hasExample(media), `the body of ${operationId} needs an example`);
        }
      }
    });

    it('shows bodies that the server takes', async () => {
      const w = world();
      const { paths } = await documentOf(w);
      const caller = await newCaller(await newStage(w), 'admin');
      const authorization = `Bearer ${await w.serviceKey()}`;
      for (const [path, methods] of Object.entries(paths)) {
        for (const [method, { operationId, requestBody }] of Object.entries(methods)) {
          const body = requestBody?.content['application/json']?.example;
          if (body === undefined) continue;
          const stage = await newStage(w);
          const made = (await requests[operationId]?.(stage, caller)) ?? {};
          const named: Record<string, string> = {
            user_id: stage.owner.id,
            site_id: stage.site,
            ...made.path,
          };
          const answer = await w.call({
            method: method.toUpperCase(),
            path: path.replace(/\{(\w+)\}/g, (_, name) => named[name]!),
            headers: path.startsWith('/auth/revocations') ? { authorization } : caller.facade,
            json: body,
          });
          assert.ok(
            answer.json.code !== 'INVALID_DATA' && answer.status < 500,
            `${operationId}: ${answer.text}`,
          );
        }
      }
    });

    it('tells the version, and how to prove who calls', async () => {
      const { info, components } = await documentOf(world());
      assert.equal(info.version, manifest.version);
      for (const word of ['## First steps', '## Authentication', 'x-session-id', 'Authorization: Bearer']) {
        assert.ok(info.description.includes(word), word);
      }
      for (const [name, { description }] of Object.entries(components.securitySchemes)) {
        assert.ok(description, name);
      }
    });
  },
  { engines: ['sqlite'] },
);

onEachStore(
  'the introduction of the reference',
  (world) => {
    it('begins with steps that work when they are pasted', async (t) => {
      const { info } = await documentOf(world());
      const [, steps = ''] = /```sh\n([\s\S]+?)```/.exec(info.description) ?? [];
      const folder = mkdtempSync(join(tmpdir(), 'latchkey-steps-'));
      t.after(() => rmSync(folder, { recursive: true }));
      const run = async (script: string) => {
        const strict = script.replaceAll('curl -s', 'curl -sf -m 10');
        return (await promisify(execFile)('bash', ['-euc', strict], { cwd: folder })).stdout;
      };
      const [before = '', out = ''] = steps.split(/(?=# Sign out)/);
      const told = await run(`${before}\necho "token $TOKEN"`);
      assert.match(told, /"user_name":"Ada Lovelace"/);
      assert.match(told, /\["[\w-]{22}"\]token [\w-]+\.[\w-]+\.[\w-]+\n$/);
      const url = /^URL=.+$/m.exec(steps)![0];
      await run(`${url}\n${out}`);
      await assert.rejects(run(`${url}\ncurl -s -b cookies $URL/api/v1/sessions/current`));
    });
  },
  { engines: ['sqlite'] },
);
