import assert from 'node:assert/strict';
import { it } from 'node:test';
import { newCaller, newStage } from '../access/callers.ts';
import { type Operation, operationsOf, requestFor } from '../access/operations.ts';
import type { Request } from '../support/client.ts';
import { onEachStore } from '../support/world.ts';

/** What a request is refused with when its credentials are not taken. */
const refusals = ['AMBIGUOUS_CREDENTIALS', 'SESSION_NOT_FOUND', 'NOT_SIGNED', 'INVALID_CREDENTIALS'];

/** The operations that a service key opens, not a session. */
const forServices = ['followRevocations', 'reportVerifier'];

/** The headers with the credential in the cookie, and the public id of its session in `x-session-id`. */
function withPublicId(headers: Request['headers'], cookieName: string): Record<string, string> {
  const { cookie, 'x-session-id': header, ...rest } = headers as Record<string, string>;
  const credential = header ?? cookie!.slice(cookie!.indexOf('=') + 1);
  return { ...rest, cookie: `${cookieName}=${credential}`, 'x-session-id': credential.slice(0, 22) };
}

onEachStore(
  'the public id as x-session-id beside the cookie of the same session',
  (world) => {
    it('is as good as the cookie alone on every route', async () => {
      const w = world();
      const answered = new Set<string>();
      const operations = (await operationsOf(w)).filter(
        ({ operationId }) => !forServices.includes(operationId),
      );
      const call = async (operation: Operation, kind: 'owner' | 'admin') => {
        const stage = await newStage(w);
        const request = await requestFor(stage, await newCaller(stage, kind), operation);
        return w.call({ ...request, headers: withPublicId(request.headers, w.cookieName) });
      };
      for (const operation of operations) {
        for (const kind of ['owner', 'admin'] as const) {
          const answer = await call(operation, kind);
          const name = `${operation.operationId} by ${kind}: ${answer.text.slice(0, 200)}`;
          assert.ok(!refusals.includes(String(answer.json.code)), name);
          if (answer.status < 300) answered.add(operation.operationId);
        }
      }
      assert.deepEqual(
        operations.map(({ operationId }) => operationId).filter((id) => !answered.has(id)),
        [],
      );
    });
  },
  { engines: ['sqlite'] },
);
