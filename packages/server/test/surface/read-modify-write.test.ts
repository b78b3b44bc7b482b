import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type CallerKind, newCaller, newStage, type Stage } from '../access/callers.ts';
import { assertProblem, onEachStore, type World } from '../support/world.ts';

interface Schema {
  readonly $ref?: string;
  readonly readOnly?: boolean;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean;
}
interface Operation {
  readonly operationId: string;
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

/** What can be read and put back under one path. */
interface Pair {
  readonly path: string;
  readonly body: Schema;
  /** The members that only the server writes. */
  readonly fixed: readonly (readonly [string, Schema])[];
}

async function pairsOf(w: World): Promise<Pair[]> {
  const { json } = await w.call({ method: 'GET', path: '/openapi.json' });
  const paths = json.paths as Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  return Object.entries(paths).flatMap(([path, { get, put }]) => {
    if (get === undefined || put === undefined) return [];
    const body = put.requestBody!.content['application/json']!.schema;
    const fixed = Object.entries(body.properties ?? {}).filter(([, schema]) => schema.readOnly === true);
    return [{ path, body, fixed }];
  });
}

/** Who may put back what, besides an admin. */
const owners: Readonly<Record<string, CallerKind>> = {
  '/api/v1/accounts/{user_id}': 'owner',
  '/api/v1/email_settings/{user_id}': 'owner',
  '/api/v1/settings/{user_id}': 'owner',
  '/api/v1/sites/{site_id}': 'site admin',
  '/api/v1/sessions/{user_id}/{session_id}/data': 'owner',
};

/** Members that only some callers may write, with what is refused to the others. */
const adminsOnly: Readonly<Record<string, string>> = {
  '/api/v1/accounts/{user_id}': 'INVALID_DATA',
  '/api/v1/sites/{site_id}': 'NOT_IN_ROLE',
};

function fill(path: string, { owner, site }: Stage): string {
  const ids: Readonly<Record<string, string>> = {
    user_id: owner.id,
    site_id: site,
    session_id: owner.sessionId,
  };
  return path.replace(/\{(\w+)\}/g, (_all, name: string) => ids[name] ?? assert.fail(`no ${name}`));
}

/** Something else of the same type. */
function otherThan(value: unknown, { type }: Schema): unknown {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string' && !Number.isNaN(Date.parse(value)) && value.includes('T')) {
    return new Date(Date.parse(value) - 1).toISOString();
  }
  return type === 'boolean' ? true : `${value ?? ''}1`;
}

onEachStore('what a GET answers can be PUT back', (world) => {
  it('and changes nothing, whoever may', async () => {
    const w = world();
    const stage = await newStage(w);
    const pairs = await pairsOf(w);
    assert.deepEqual(
      pairs.map(({ path }) => path).sort(),
      [...Object.keys(owners), '/api/v1/roles/{user_id}'].sort(),
      'a new pair needs a row here where others than admins may use it',
    );
    for (const { path: pattern, body, fixed } of pairs) {
      const path = fill(pattern, stage);
      const kinds = ['admin' as const, ...(owners[pattern] ? [owners[pattern]] : [])];
      for (const kind of kinds) {
        const { facade: headers } = await newCaller(stage, kind);
        const read = async () => {
          const answer = await w.call({ method: 'GET', path, headers });
          assert.equal(answer.status, 200, `${kind} ${path}: ${answer.text}`);
          return answer.json;
        };
        const put = (json: unknown) => w.call({ method: 'PUT', path, headers, json });
        const before = await read();
        const head = await w.head();

        const answer = await put(before);
        assert.equal(answer.status, 200, `${kind} ${path}: ${answer.text}`);
        assert.deepEqual(answer.json, before, path);

        for (const [name, schema] of fixed) {
          const refused = await put({ ...before, [name]: otherThan(before[name], schema) });
          assertProblem(refused, 400, 'INVALID_DATA');
          const errors = refused.json.errors as { field: string }[];
          assert.deepEqual(
            errors.map(({ field }) => field),
            [name],
            `${kind} ${path}`,
          );
        }
        if (kind !== 'admin' && adminsOnly[pattern] !== undefined) {
          const refused = await put({ ...before, active: !before.active });
          assert.equal(refused.json.code, adminsOnly[pattern], path);
        }
        if (body.additionalProperties === false) {
          assertProblem(await put({ ...before, no_such_member: 1 }), 400, 'INVALID_DATA');
        }
        assert.deepEqual(await read(), before, `${kind} ${path}`);
        assert.equal(await w.head(), head, `${kind} ${path}: nothing in the log`);
      }
      if (!pattern.endsWith('/data'))
        assert.ok(fixed.length > 0, `${path} has members that only the server writes`);
    }
  });

  it('once more after a change; a time of change that is older than it is refused', async () => {
    const w = world();
    const stage = await newStage(w);
    const { facade: headers } = await newCaller(stage, 'admin');
    for (const [path, one, other] of [
      [`/api/v1/settings/${stage.owner.id}`, { parameters: { a: 1 } }, { parameters: { a: 2 } }],
      [`/api/v1/roles/${stage.owner.id}`, { roles: ['reader'] }, { roles: ['writer'] }],
    ] as const) {
      const call = (method: string, json?: object) =>
        w.call({ method, path, headers, ...(json !== undefined && { json }) });
      const first = await call('PUT', one);
      w.clock.move(1000);
      const second = await call('PUT', other);
      assert.equal(second.status, 200, second.text);
      assertProblem(await call('PUT', first.json), 400, 'INVALID_DATA');
      assert.deepEqual((await call('GET')).json, second.json);
      assert.deepEqual((await call('PUT', second.json)).json, second.json);
    }
  });

  it('as does an entry of the list of a site’s users', async () => {
    const w = world();
    const stage = await newStage(w);
    const { facade: headers } = await newCaller(stage, 'site admin');
    const users = `/api/v1/sites/${stage.site}/users`;
    const list = await w.call({ method: 'GET', path: users, headers });
    for (const user of list.json.data as { id: string; name: string }[]) {
      const put = (json: unknown) => w.call({ method: 'PUT', path: `${users}/${user.id}`, headers, json });
      assert.deepEqual((await put(user)).json, user);
      for (const name of ['id', 'login', 'name']) {
        const refused = await put({ ...user, [name]: 'x' });
        assertProblem(refused, 400, 'INVALID_DATA');
        assert.deepEqual(
          (refused.json.errors as { field: string }[]).map(({ field }) => field),
          [name],
        );
      }
    }
  });

  it('with times written in another way', async () => {
    const w = world();
    const { owner } = await newStage(w);
    const path = `/api/v1/accounts/${owner.id}`;
    const headers = w.byHeader(owner);
    const { json } = await w.call({ method: 'GET', path, headers });
    const put = (create_time: string) =>
      w.call({ method: 'PUT', path, headers, json: { ...json, create_time } });
    const time = String(json.create_time);
    assert.equal((await put(time.replace('Z', '+00:00'))).status, 200);
    assert.equal((await put(time.replace('Z', '+01:00'))).status, 400);
    assert.equal((await put('soon')).status, 400);
  });
});
