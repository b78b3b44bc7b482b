import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingTests, operationsIn } from './missing-tests.ts';

const declared = [
  { operation: 'signup', noun: 'sessions' },
  { operation: 'getSite', noun: 'sites' },
];
const texts = (...paths: string[]) => new Map(paths.map((path) => [path, "it('works', () => {});"]));

test('a test of its name is enough, however it is hyphened, and more aspects may have theirs', () => {
  const tests = texts(
    'sessions/sign-up.test.ts',
    'sessions/sign-up.limits.test.ts',
    'sites/get-site.test.ts',
  );
  assert.deepEqual(missingTests(declared, tests), []);
});

test('an operation without a test is refused, and a test of one aspect only is none', () => {
  assert.deepEqual(missingTests(declared, texts('sessions/sign-up.limits.test.ts')), [
    'signup has no test: sessions/signup.test.ts',
    'getSite has no test: sites/get-site.test.ts',
  ]);
});

test('a test in the folder of another noun, or of no operation, is refused', () => {
  const tests = texts('sessions/sign-up.test.ts', 'sessions/get-site.test.ts', 'sites/get-site.test.ts');
  assert.deepEqual(missingTests(declared, tests), [
    'sessions/get-site.test.ts is named like no operation of sessions',
  ]);
});

test('an empty file is no test', () => {
  const tests = new Map([...texts('sessions/sign-up.test.ts'), ['sites/get-site.test.ts', '// later']]);
  assert.deepEqual(missingTests(declared, tests), [
    'sites/get-site.test.ts tests nothing',
    'getSite has no test: sites/get-site.test.ts',
  ]);
});

test('operations are read from a route table', () => {
  const table =
    "  route({\n    method: 'GET',\n    operation: 'getSite',\n    summary: 'operation: of a site',\n  }),";
  assert.deepEqual(operationsIn(table), ['getSite']);
});
