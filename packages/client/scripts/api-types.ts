import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { createApp } from '../../server/src/app/create-app.ts';
import { loadConfig } from '../../server/src/config/config.ts';

/** Where the types stand that `apiTypes` makes. */
export const apiTypesFile = join(import.meta.dirname, '../src/generated/api.ts');

/** The text of the types file, made from the OpenAPI document of this checkout's server. */
export async function apiTypes(): Promise<string> {
  const ast = await openapiTS(await openApiDocument(), { defaultNonNullable: false });
  return `// Made by \`npm run generate\` in packages/client. Do not edit.\n\n${astToString(ast)}`;
}

async function openApiDocument(): Promise<OpenAPI3> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-openapi-'));
  try {
    const env = { PORT: '0', LATCHKEY_DATA_DIR: folder, LATCHKEY_LOG_LEVEL: 'warn' };
    const app = await createApp(loadConfig(env, { cwd: folder }));
    try {
      await app.listen();
      const answer = await fetch(new URL('/openapi.json', app.config.publicUrl));
      return (await answer.json()) as OpenAPI3;
    } finally {
      await app.close();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}
