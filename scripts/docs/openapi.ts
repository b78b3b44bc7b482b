import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../packages/server/src/app/create-app.ts';
import { loadConfig } from '../../packages/server/src/config/config.ts';
import { type ErrorCode, errorCodes } from '../../packages/server/src/kernel/errors.ts';

/** The part of JSON Schema that the API's schemas use. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly readOnly?: boolean;
  readonly const?: unknown;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema: Schema;
  }[];
  readonly requestBody?: Content & { readonly required?: boolean };
  readonly responses: Readonly<Record<string, Content & { readonly description: string }>>;
}

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** An operation and its route. */
export interface Endpoint {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** The OpenAPI document that this checkout's server serves, by default at its default settings. */
export async function loadOpenApi(settings: Readonly<Record<string, string>> = {}): Promise<OpenApi> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-docs-'));
  try {
    const env = { PORT: '0', LATCHKEY_DATA_DIR: folder, LATCHKEY_LOG_LEVEL: 'error', ...settings };
    const app = await createApp(loadConfig(env, { cwd: folder }));
    try {
      await app.listen();
      const answer = await fetch(`http://localhost:${app.config.port}/openapi.json`);
      if (!answer.ok) throw new Error(`/openapi.json answered ${answer.status}`);
      return (await answer.json()) as OpenApi;
    } finally {
      await app.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** All operations, in the order of the document. */
export function endpointsOf(api: OpenApi): Endpoint[] {
  return Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
}

/** The codes that an operation names in its failures. Throws for one that does not exist. */
export function codesOf(operation: Operation): ErrorCode[] {
  const texts = Object.values(operation.responses).map(({ description }) => description);
  const codes = texts.flatMap((text) => [...text.matchAll(/^`([A-Z_]+)`: /gm)].map(([, code]) => code!));
  for (const code of codes)
    if (!Object.hasOwn(errorCodes, code)) throw new Error(`${operation.operationId} names ${code}`);
  return codes as ErrorCode[];
}
