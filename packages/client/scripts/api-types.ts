import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { loadOpenApi } from '../../../scripts/docs/openapi.ts';

/** The text of `src/generated/api.ts`, made from the OpenAPI document of this checkout's server. */
export async function makeApiTypes(): Promise<string> {
  const document = (await loadOpenApi()) as unknown as OpenAPI3;
  const ast = await openapiTS(document, { defaultNonNullable: false });
  return `// Made from the server's OpenAPI document: do not edit.\n\n${astToString(ast)}`;
}
