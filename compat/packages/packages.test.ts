import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { password, signUp } from '../../packages/server/test/e2e/support/people.ts';
import {
  newFolder,
  runVerb,
  type ServerProcess,
  startServer,
} from '../../packages/server/test/e2e/support/server-process.ts';
import { freePort } from '../../scripts/free-port.ts';
import { installInto } from '../../scripts/install.ts';
import { type Packed, packages, packPackage } from '../../scripts/pack/pack-package.ts';
import { findRuntimes } from './runtimes.ts';

const here = import.meta.dirname;
const root = join(here, '../..');

installInto(here);
const folder = mkdtempSync(join(tmpdir(), 'latchkey-packages-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const packed = packages.map((name) => ({ name, ...packPackage(name, folder) }));

/** A project in which the packed libraries are installed, and nothing else. */
const empty = join(folder, 'empty');
before(() => {
  cpSync(join(here, 'consumer'), empty, { recursive: true });
  writeFileSync(join(empty, 'package.json'), '{"private": true, "type": "module"}');
  const files = packed.filter(({ name }) => name !== 'server').map(({ file }) => file);
  run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...files], empty);
});

function run(program: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  assert.equal(status, 0, `${program} ${args.join(' ')}: ${error?.message ?? stdout + stderr}`);
  return stdout;
}

const tool = (name: string) => join(here, 'node_modules/.bin', name);

for (const { name, file, files } of packed as (Packed & { name: string })[]) {
  describe(`@latchkey/${name}`, () => {
    const isLibrary = name !== 'server';
    if (isLibrary) {
      it('holds modules, their types, and nothing else', () => {
        const odd = files.filter((path) => !/\.(js|d\.ts)$|^(package\.json|README\.md|LICENSE)$/.test(path));
        assert.deepEqual(odd, []);
        assert.ok(!files.some((path) => path.includes('.test.')));
      });
    }

    it('has a package.json that leads to them (publint, attw)', () => {
      run(process.execPath, [tool('publint'), 'run', '--strict', join(folder, name)], here);
      if (isLibrary) run(process.execPath, [tool('attw'), file, '--profile', 'esm-only'], here);
    });

    it('says what it is and where it comes from, with links that lead there from anywhere', () => {
      const read = (path: string) => readFileSync(join(folder, name, path), 'utf8');
      const { private: hidden, ...manifest } = JSON.parse(read('package.json')) as Record<string, unknown>;
      assert.equal(hidden, undefined);
      for (const field of ['description', 'keywords', 'homepage', 'bugs', 'repository', 'license', 'engines'])
        assert.ok(manifest[field], field);
      assert.partialDeepStrictEqual(manifest.repository, { directory: `packages/${name}` });
      for (const [, address] of read('README.md').matchAll(/\]\(([^)]+)\)/g)) {
        assert.match(address!, /^(?:https:\/\/|#)/);
      }
      assert.ok(!/checkout|npm ci|npm run/.test(read('README.md')));
    });
  });
}

it('@latchkey/verify depends on nothing', () => {
  const manifest = JSON.parse(readFileSync(join(folder, 'verify/package.json'), 'utf8'));
  assert.equal(manifest.dependencies, undefined);
  const optional = Object.values(manifest.peerDependenciesMeta as Record<string, { optional: boolean }>);
  assert.equal(optional.length, Object.keys(manifest.peerDependencies).length);
  assert.ok(optional.every((each) => each.optional));
});

describe('types', () => {
  const project = join(folder, 'types');
  before(() => {
    cpSync(empty, project, { recursive: true });
    mkdirSync(join(project, 'node_modules/@types'));
    for (const name of ['@types/node', '@types/express', 'express', 'fastify', 'hono']) {
      symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name));
    }
  });
  const fromClient = createRequire(join(root, 'packages/client/package.json'));
  const typescript5 = join(fromClient.resolve('typescript/package.json'), '../bin/tsc');
  const typescript7 = join(root, 'node_modules/.bin/tsc');
  const strict = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2022'];
  const onNode = [...strict, '--module', 'nodenext', '--types', 'node'];
  const inPage = [
    ...strict,
    '--module',
    'esnext',
    '--moduleResolution',
    'bundler',
    '--lib',
    'es2022,dom',
    '--typeRoots',
    'none',
  ];
  const compile = (compiler: string, ...args: string[]) =>
    run(process.execPath, [compiler, ...args], project);

  it('are read by TypeScript 7, every declaration included', () => {
    compile(typescript7, ...onNode, 'main.ts');
    compile(typescript7, ...inPage, 'page.ts');
  });
  it('are read by TypeScript 7 beside those of the frameworks', () => {
    compile(typescript7, ...onNode, '--skipLibCheck', 'adapters.ts');
  });
  it('are read by TypeScript 5', () => {
    compile(typescript5, ...onNode, '--skipLibCheck', 'main.ts', 'adapters.ts');
    compile(typescript5, ...inPage, '--skipLibCheck', 'page.ts');
  });
});

describe('the server in an empty folder', () => {
  const place = join(folder, 'server-alone');
  before(() => {
    mkdirSync(place);
    writeFileSync(join(place, 'package.json'), '{"private": true}');
    const files = packed.filter(({ name }) => name !== 'client').map(({ file }) => file);
    run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...files], place);
  });

  for (const { name, command, skip } of findRuntimes().filter((runtime) =>
    /^Node 2[02]$/.test(runtime.name),
  )) {
    it(`says to ${name} which Node it needs`, { skip }, () => {
      const bin = join(place, 'node_modules/@latchkey/server/bin/latchkey.js');
      const { status, stderr } = spawnSync(command[0]!, [bin, 'serve'], { encoding: 'utf8' });
      assert.equal(status, 2);
      assert.match(stderr, /^Latchkey needs Node 26 or later, and [^\n]+\n$/);
    });
  }

  it('is started by npx, signs people up, and makes keys', { timeout: 60_000 }, async () => {
    const PORT = String(await freePort());
    const env = { PATH: `${dirname(process.execPath)}:${process.env.PATH}`, HOME: folder, PORT };
    const npx = (...words: string[]) => spawn('npx', ['latchkey', ...words], { cwd: place, env });
    // npx answers a signal by its own death; what it starts is this.
    const server = spawn(join(place, 'node_modules/.bin/latchkey'), ['serve'], { cwd: place, env });
    const ended = once(server, 'close');
    const url = `http://localhost:${PORT}`;
    const isReady = () => fetch(`${url}/health/ready`).then(({ ok }) => ok);
    while (!(await isReady().catch(() => false))) {
      assert.equal(server.exitCode, null, 'the server has ended');
      await sleep(50);
    }
    // Pages, templates, the list of passwords and the hashing thread are files beside the modules.
    for (const path of ['/', '/recover', '/pages/pages.js', '/pages/pages.css', '/openapi.json']) {
      assert.equal((await fetch(url + path)).status, 200, path);
    }
    const signUp = await fetch(`${url}/api/v1/signup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Ada', email: 'ada@example.com', password }),
    });
    assert.equal(signUp.status, 200, await signUp.text());
    const mails = npx('mail', 'list', '--json');
    assert.match(await text(mails.stdout), /ada@example\.com/);
    const add = npx('services', 'add', 'orders');
    assert.match(await text(add.stdout), /^lks_/);
    server.kill('SIGTERM');
    assert.deepEqual(await ended, [0, null]);
  });
});

describe('in an empty project', () => {
  const data = newFolder();
  let server: ServerProcess;
  let settings: { PORT: string; LATCHKEY_DATA_DIR: string };
  before(async () => {
    settings = { PORT: String(await freePort()), LATCHKEY_DATA_DIR: data.path };
    server = await startServer(settings, { entry: 'cheap' });
  });
  after(async () => {
    await server.end('SIGKILL');
    data.remove();
  });

  for (const { name, command, skip } of findRuntimes()) {
    it(`${name} runs the vectors, and follows a server`, { skip, timeout: 60_000 }, async () => {
      const service = name.replace(/[^A-Za-z0-9]/g, '-');
      const { key } = await runVerb(['services', 'add', service], settings);
      const { login } = await signUp(server.client);
      const vectors = pathToFileURL(join(root, 'packages/verify/vectors/')).href;
      const CHECK = JSON.stringify({ issuer: server.url, serviceKey: key, login, password, vectors });
      const [program, ...args] = command;
      const { PATH = '', HOME = '' } = process.env;
      const env = { PATH, HOME, DENO_DIR: join(folder, 'deno'), CHECK };
      const child = spawn(program!, [...args, 'check.mjs'], { cwd: empty, env });
      const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
      assert.ok(stdout.startsWith('{'), stdout + stderr);
      const { vectors: count, ways, ...told } = JSON.parse(stdout) as Record<string, unknown>;
      assert.ok(Number(count) > 350 && Number(ways) >= 7, stdout);
      assert.deepEqual(told, {
        mismatch: 'INVALID_CREDENTIALS',
        statuses: [200, 401],
        ended: 'signout',
        afterwards: 'INVALID_CREDENTIALS',
      });
    });
  }
});
