import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { password, signUp } from '../../packages/server/test/e2e/support/people.ts';
import {
  freePort,
  newFolder,
  runVerb,
  type ServerProcess,
  startServer,
} from '../../packages/server/test/e2e/support/server-process.ts';
import { installInto } from '../../scripts/install.ts';
import { type Packed, packages, packPackage } from '../../scripts/pack/pack-package.ts';
import { findRuntimes } from './runtimes.ts';

const here = import.meta.dirname;
const root = join(here, '../..');

installInto(here);
const folder = mkdtempSync(join(tmpdir(), 'latchkey-packages-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const packed = packages.map((name) => ({ name, ...packPackage(name, folder) }));

/** A project with the files of consumer/ in which the packed packages are installed, and what links name. */
function newProject(name: string, linked: readonly string[] = []): string {
  const project = join(folder, name);
  cpSync(join(here, 'consumer'), project, { recursive: true });
  writeFileSync(join(project, 'package.json'), '{"private": true, "type": "module"}');
  const files = packed.map(({ file }) => file);
  run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...files], project);
  mkdirSync(join(project, 'node_modules/@types'), { recursive: true });
  for (const each of linked)
    symlinkSync(join(root, 'node_modules', each), join(project, 'node_modules', each));
  return project;
}

function run(program: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  assert.equal(status, 0, `${program} ${args.join(' ')}: ${error?.message ?? stdout + stderr}`);
  return stdout;
}

const tool = (name: string) => join(here, 'node_modules/.bin', name);

for (const { name, file, files } of packed as (Packed & { name: string })[]) {
  describe(`@latchkey/${name}`, () => {
    it('holds modules, their types, and nothing else', () => {
      const odd = files.filter((path) => !/\.(js|d\.ts)$|^(package\.json|README\.md|LICENSE)$/.test(path));
      assert.deepEqual(odd, []);
      assert.ok(!files.some((path) => path.includes('.test.')));
    });

    it('has a package.json that leads to them (publint, attw)', () => {
      run(process.execPath, [tool('publint'), 'run', '--strict', join(folder, name)], here);
      run(process.execPath, [tool('attw'), file, '--profile', 'esm-only'], here);
    });
  });
}

it('@latchkey/verify depends on nothing', () => {
  const manifest = JSON.parse(readFileSync(join(folder, 'verify/package.json'), 'utf8'));
  assert.deepEqual([manifest.dependencies, manifest.exports['./internal']], [undefined, undefined]);
  const optional = Object.values(manifest.peerDependenciesMeta as Record<string, { optional: boolean }>);
  assert.equal(optional.length, Object.keys(manifest.peerDependencies).length);
  assert.ok(optional.every((each) => each.optional));
});

describe('types', () => {
  const linked = ['@types/node', '@types/express', 'express', 'fastify', 'hono'];
  let project = '';
  before(() => {
    project = newProject('types', linked);
  });
  const fromClient = createRequire(join(root, 'packages/client/package.json'));
  const compilers = {
    'TypeScript 7': join(root, 'node_modules/.bin/tsc'),
    'TypeScript 5': join(fromClient.resolve('typescript/package.json'), '../bin/tsc'),
  };
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
  for (const [name, compiler] of Object.entries(compilers)) {
    it(`${name} reads them, every declaration included`, () => {
      run(process.execPath, [compiler, ...onNode, 'main.ts'], project);
    });
    it(`${name} reads the adapters beside the frameworks`, () => {
      run(process.execPath, [compiler, ...onNode, '--skipLibCheck', 'adapters.ts'], project);
    });
    it(`${name} reads the client in a web page`, () => {
      run(process.execPath, [compiler, ...inPage, 'page.ts'], project);
    });
  }
});

describe('in an empty project', () => {
  const data = newFolder();
  let project = '';
  let server: ServerProcess;
  let settings: { PORT: string; LATCHKEY_DATA_DIR: string };
  before(async () => {
    project = newProject('empty');
    settings = { PORT: await freePort(), LATCHKEY_DATA_DIR: data.path };
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
      const child = spawn(program!, [...args, 'check.mjs'], { cwd: project, env });
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
