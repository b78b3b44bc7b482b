import assert from 'node:assert/strict';
import type { Request } from '../support/client.ts';
import type { World } from '../support/world.ts';
import type { Caller, Stage } from './callers.ts';
import { examples } from './examples.ts';

/** One operation of /openapi.json. */
export interface Operation {
  readonly method: string;
  /** As the document writes it: `/api/v1/accounts/{user_id}`. */
  readonly path: string;
  readonly operationId: string;
  readonly needsBody: boolean;
}

/** Every operation that /openapi.json lists. */
export async function operationsOf(w: World): Promise<Operation[]> {
  const document = (await w.call({ method: 'GET', path: '/openapi.json' })).json as unknown as {
    paths: Record<string, Record<string, { operationId: string; requestBody?: { required?: boolean } }>>;
  };
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      operationId,
      needsBody: requestBody?.required === true,
    })),
  );
}

/** A request of the caller that is right in every way but, perhaps, for who sends it. */
export async function requestFor(stage: Stage, caller: Caller, operation: Operation): Promise<Request> {
  const { method, path, operationId, needsBody } = operation;
  const make = examples[operationId];
  assert.ok(make !== undefined || !needsBody, `${operationId} needs an example in examples.ts`);
  const { json, query = '', path: members = {}, headers = {} } = (await make?.(stage, caller)) ?? {};
  const named: Record<string, string> = { user_id: stage.owner.id, site_id: stage.site, ...members };
  const url = path.replace(/\{(\w+)\}/g, (_, name) => {
    assert.ok(named[name], `${operationId} needs an example with the path's ${name}`);
    return named[name]!;
  });
  const proof = path.startsWith('/auth/') ? caller.auth : caller.facade;
  return {
    method,
    path: url + query,
    headers: { ...proof, ...headers },
    ...(json !== undefined && { json }),
  };
}
