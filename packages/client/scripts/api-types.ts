import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { loadOpenApi } from '../../../scripts/docs/openapi.ts';

const note =
  "// Made from the server's OpenAPI document by `npm run prepare`. Not committed, not to be edited.";

/** The text of `src/generated/api.ts`, made from the OpenAPI document of this checkout's server. */
export async function makeApiTypes(): Promise<string> {
  const document = (await loadOpenApi()) as unknown as OpenAPI3;
  const ast = await openapiTS(document, { defaultNonNullable: false });
  return `${note}\n\n${astToString(ast)}`;
}
