import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { it } from 'node:test';
import { password } from '../../packages/server/test/e2e/support/people.ts';
import { newFolder, runVerb, startServer } from '../../packages/server/test/e2e/support/server-process.ts';
import { freePort } from '../../scripts/free-port.ts';
import { installInto } from '../../scripts/install.ts';

const here = import.meta.dirname;
installInto(here);

// The packages reach into parts of Node.js that later versions do not have.
const node = join(here, `node_modules/node22-${process.platform}-${process.arch}/bin/node`);
const skip = existsSync(node) ? false : `npm brings no Node 22 for ${process.platform} on ${process.arch}`;

it('the RestClient of pip-services3 calls the facade, and makes its own errors of problems', {
  skip,
}, async (t) => {
  const data = newFolder();
  t.after(() => data.remove());
  const settings = { PORT: String(await freePort()), LATCHKEY_DATA_DIR: data.path };
  const server = await startServer(settings, { entry: 'cheap' });
  t.after(() => server.end('SIGKILL'));
  const create = ['accounts', 'create', '--admin', '--login', 'admin', '--name', 'Admin', '--password-stdin'];
  const { id } = await runVerb(create, settings, password);
  const admin = { login: 'admin', password };
  // As its clients write a sign-up: what they do not know is null or empty.
  const user = { name: 'Ada', login: '', email: 'ada@example.com', password, language: null, theme: '' };
  const calls = { url: server.url, adminId: id, admin, user };

  const { errors, page, ...results } = await run(calls);
  const [session] = page.data;
  assert.deepEqual(results, {
    signedUp: 'Ada',
    current: 'ada@example.com',
    restored: true,
    granted: ['paid'],
    revoked: [],
    free: null,
    putBack: ['Ada B.', 'de', { theme: 'dark' }, ['paid']],
    signedOut: null,
  });
  assert.deepEqual([page.data.length, page.total, session.user_name], [1, 2, 'Ada']);

  const told = errors.map((error) => Object.values(error).slice(0, 5));
  assert.deepEqual(told, [
    ['e-1', 'BadRequestException', 'BadRequest', 'WRONG_PASSWORD', 400],
    ['e-2', 'UnauthorizedException', 'Unauthorized', 'NOT_SIGNED', 401],
    ['e-3', 'UnauthorizedException', 'Unauthorized', 'NOT_IN_ROLE', 401],
    ['e-4', 'NotFoundException', 'NotFound', 'NOT_FOUND', 404],
    ['e-5', 'BadRequestException', 'BadRequest', 'INVALID_DATA', 400],
    ['e-6', 'ConflictException', 'Conflict', 'CONFLICT', 409],
    ['e-7', 'NotFoundException', 'NotFound', 'NOT_FOUND', 404],
    ['e-8', 'UnauthorizedException', 'Unauthorized', 'SESSION_NOT_FOUND', 401],
  ]);
  assert.ok(errors.every(({ message }) => message.endsWith('.')));
  assert.equal(errors[4]!.details.errors?.[0]?.field, 'take');
});

interface Told {
  /** Its first five members are compared as they stand. */
  readonly correlationId: string;
  readonly class: string;
  readonly category: string;
  readonly code: string;
  /** That of the class, which has no 403 and no 440. */
  readonly status: number;
  readonly message: string;
  readonly details: { readonly errors?: readonly { readonly field: string }[] };
}

interface Results {
  readonly errors: readonly Told[];
  readonly page: { readonly data: readonly [{ readonly user_name: string }]; readonly total: number };
}

/** Runs the calls, and reads what came of them. */
async function run(calls: object): Promise<Results> {
  const child = spawn(node, [join(here, 'calls.cjs')], { env: { CALLS: JSON.stringify(calls) } });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  assert.ok(stdout.startsWith('{'), stdout + stderr);
  return JSON.parse(stdout) as Results;
}
