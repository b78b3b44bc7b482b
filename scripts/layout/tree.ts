/** Compares the tree that a page shows with the folders that are there. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What differs between the tree in the page and the source folder, one sentence each. In the page, the tree of a folder
 * begins with its path in a line of its own; an entry is indented by two spaces, and the folders in it by four.
 */
export function differencesOf(page: string, source: string, root: string): string[] {
  const told = readTree(page, source);
  const entries = readdirSync(join(root, source), { withFileTypes: true });
  const names = entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
  return [
    ...compare(source, [...told.keys()], names),
    ...names.flatMap((name) =>
      compare(`${source}/${name}`, told.get(name) ?? [], foldersOf(join(root, source, name))),
    ),
  ];
}

function compare(place: string, told: readonly string[], there: readonly string[]): string[] {
  return [
    ...there
      .filter((name) => !told.includes(name))
      .map((name) => `the tree does not show ${name} in ${place}`),
    ...told
      .filter((name) => !there.includes(name))
      .map((name) => `the tree shows ${name} in ${place}, which is not there`),
  ];
}

/** The entries of the tree by name, each with the folders that are shown in it. */
function readTree(page: string, source: string): Map<string, string[]> {
  const lines = page.split('\n');
  const begin = lines.indexOf(`${source}/`);
  const tree = new Map<string, string[]>();
  let last = '';
  for (const line of begin < 0 ? [] : lines.slice(begin + 1)) {
    if (!line.startsWith('  ')) break;
    const words = line.trim().split(/\s+/);
    if (/^ {2}\S/.test(line)) {
      last = words[0]!;
      tree.set(last, []);
    } else if (/^ {4}\S/.test(line)) tree.get(last)?.push(...words.filter((word) => word.endsWith('/')));
  }
  return tree;
}

function foldersOf(path: string): string[] {
  if (!path.endsWith('/')) return [];
  const entries = readdirSync(path, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => `${name}/`);
}
