import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commandLinePage } from './command-line.ts';
import { configurationPage } from './configuration.ts';
import { errorsPage } from './errors.ts';
import { httpApiPage } from './http-api.ts';
import { loadOpenApi } from './openapi.ts';

/** The root of the checkout. */
export const root = join(import.meta.dirname, '../..');

/** A page that is made from the code. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** All generated pages, as they should be. */
export async function makePages(): Promise<Page[]> {
  const api = await loadOpenApi();
  return [
    { path: join(root, 'docs/http-api.md'), text: httpApiPage(api) },
    { path: join(root, 'docs/configuration.md'), text: configurationPage() },
    { path: join(root, 'docs/errors.md'), text: errorsPage(api) },
    { path: join(root, 'docs/command-line.md'), text: await commandLinePage() },
  ];
}

/** The page as it is; undefined when there is none. */
export function readPage(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}
