/** An operation of the API, and the folder of the route that it is declared in. */
export interface Declared {
  readonly operation: string;
  readonly noun: string;
}

/** The operations that the text of a route table declares. */
export function operationsIn(text: string): string[] {
  return [...text.matchAll(/^\s*operation: '(\w+)',?$/gm)].map(([, name]) => name!);
}

/**
 * What is wrong, one sentence each. Every operation has a test of its name in the folder of its noun; an aspect of it may
 * have one more, with a second part in its name: `create-site.limits.test.ts`. Hyphens are free, so that `signup` may be
 * `sign-up.test.ts`. `tests` are the texts of the test files by their path, `<noun>/<name>.test.ts`.
 */
export function missingTests(declared: readonly Declared[], tests: ReadonlyMap<string, string>): string[] {
  const keyOf = (noun: string, name: string) => `${noun}/${name.replaceAll('-', '').toLowerCase()}`;
  const operations = new Set(declared.map(({ noun, operation }) => keyOf(noun, operation)));
  const tested = new Set<string>();
  const problems: string[] = [];
  for (const [path, text] of tests) {
    const [, noun = '', name = '', aspect] = /^([^/]+)\/([^/.]+)(\.[^/.]+)?\.test\.ts$/.exec(path) ?? [];
    const key = keyOf(noun, name);
    if (!operations.has(key)) problems.push(`${path} is named like no operation of ${noun || 'the API'}`);
    else if (!/\b(it|run|test)\(/.test(text)) problems.push(`${path} tests nothing`);
    else if (aspect === undefined) tested.add(key);
  }
  const untested = declared.filter(({ noun, operation }) => !tested.has(keyOf(noun, operation)));
  return [
    ...problems,
    ...untested.map(
      ({ noun, operation }) => `${operation} has no test: ${noun}/${hyphened(operation)}.test.ts`,
    ),
  ];
}

/** getSite is get-site. */
function hyphened(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
