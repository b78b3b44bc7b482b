import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { verbs } from '../packages/server/src/cli/verbs.ts';
import { configVariables } from '../packages/server/src/config/config.ts';
import { forwardAuthVariables } from '../packages/server/src/forward-auth/config.ts';
import { errorCodes } from '../packages/server/src/kernel/errors.ts';
import { brokenLinks } from './docs/links.ts';
import { makePages, readPage, root } from './docs/pages.ts';

const excluded = /(^|\/)(node_modules|\.git|data)$/;
const files = globSync('**/*.md', { cwd: root, exclude: (name) => excluded.test(name) }).map((name) =>
  join(root, name),
);
const read = (file: string) => readFileSync(file, 'utf8');
const docs = (name: string) => read(join(root, 'docs', name));
const allVariables = [...configVariables, ...forwardAuthVariables];
const variableNames = new Set(allVariables.flatMap(({ name }) => [name, `${name}_FILE`]));

test('generated pages are what the code says', async () => {
  for (const { path, text } of await makePages()) {
    const name = relative(root, path);
    assert.equal(await readPage(path), text, `${name} is stale: run npm run docs`);
  }
});

test('docs.ts --check passes when the pages are fresh', () => {
  const { status, stdout } = spawnSync(process.execPath, [join(root, 'scripts/docs.ts'), '--check']);
  assert.equal(status, 0, String(stdout));
});

test('every error code is documented, and every documented one exists', () => {
  const documented = [...docs('errors.md').matchAll(/<a id="([A-Z_]+)"><\/a>/g)].map(([, code]) => code);
  assert.deepEqual(documented, Object.keys(errorCodes));
});

test('every variable is documented, and every variable that is named exists', () => {
  const documented = [...docs('configuration.md').matchAll(/<a id="([A-Z_]+)"><\/a>/g)].map(
    ([, name]) => name,
  );
  assert.deepEqual(
    documented,
    configVariables.map(({ name }) => name),
  );
  // READMEs of packages name variables of the services that use them.
  for (const file of files.filter((name) => !name.includes('/packages/'))) {
    for (const [name] of read(file).matchAll(/\bLATCHKEY_[A-Z][A-Z_]*[A-Z]/g)) {
      const known = variableNames.has(name) || name.startsWith('LATCHKEY_TEST_');
      assert.ok(known, `${relative(root, file)} names ${name}, which is not a variable`);
    }
  }
});

test('names in capitals in the prose are error codes or variables', () => {
  // Words of the command line's help, and the variables of the example services and of hosters.
  const others = new Set(['SERVICE_KEY', 'DATABASE_URL', 'LOGIN_OR_ID', 'SESSION_ID']);
  for (const file of files) {
    for (const [, name] of read(file).matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)) {
      const known = Object.hasOwn(errorCodes, name!) || variableNames.has(name!) || others.has(name!);
      assert.ok(known, `${relative(root, file)} names ${name}`);
    }
  }
});

test('every verb of the help is documented', () => {
  const help = spawnSync(process.execPath, [join(root, 'packages/server/src/main.ts'), '--help'], {
    encoding: 'utf8',
  });
  const shown = /Verbs:\n([\s\S]*?)\n\n/.exec(help.stdout)?.[1]?.split('\n') ?? [];
  const names = shown.map((line) => line.trim().split(/\s{2,}/)[0]!);
  assert.deepEqual(
    names,
    verbs.map(({ verb }) => verb),
  );
  const headings = new Set(
    [...docs('command-line.md').matchAll(/^## (.+)$/gm)].map(([, heading]) => heading),
  );
  for (const name of names) assert.ok(headings.has(name), `${name} is not documented`);
});

test('verbs that are named exist', () => {
  const names = verbs.flatMap(({ verb, alias }) => (alias === undefined ? [verb] : [verb, alias]));
  const nouns = new Set(names.map((name) => name.split(' ')[0]!));
  for (const file of files) {
    for (const [, first, second] of read(file).matchAll(/\blatchkey ([a-z-]+)(?: ([a-z]+(?:-[a-z]+)*))?/g)) {
      if (!nouns.has(first!)) continue;
      const known = names.some((name) => name === first || name === `${first} ${second}`);
      assert.ok(known, `${relative(root, file)} names the verb ${first} ${second}`);
    }
  }
});

test('tests that are named exist', () => {
  const named = files.flatMap((file) => [
    ...read(file).matchAll(/`((?:packages|scripts|examples)\/[^`\s<*]+\.ts)`/g),
  ]);
  assert.ok(named.length > 10);
  for (const [, name] of named) assert.ok(existsSync(join(root, name!)), `there is no ${name}`);
});

test('files on the way of a request exist', () => {
  const page = docs('development/architecture.md');
  const [, way = ''] = /^## The way of a request$([\s\S]*?)^## /m.exec(page) ?? [];
  const named = [...way.matchAll(/`([a-z0-9/-]+\.ts)`/g)].map(([, name]) => name!);
  assert.ok(named.length > 20);
  const folders = ['packages/server/src', 'packages/verify/src'];
  const missing = named.filter((name) => !folders.some((folder) => existsSync(join(root, folder, name))));
  assert.deepEqual(missing, []);
});

test('relative links lead somewhere', () => {
  assert.ok(files.length > 10);
  assert.deepEqual(files.flatMap(brokenLinks), []);
});
