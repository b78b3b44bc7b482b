import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newInstallation, type Outcome } from '../../testing.ts';

type Installation = ReturnType<typeof newInstallation>;

/** The answer of an import. */
export type Counts = Record<'lines' | 'made' | 'existing' | 'refused' | 'done_before', number> & {
  readonly without_password?: number;
  readonly left_out?: number;
  readonly notes?: Readonly<Record<string, number>>;
};

/** A line that an import refused. */
export interface Refusal {
  readonly line: number;
  readonly code: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly field: string }[];
}

/** The result of an import. */
export interface Imported extends Outcome {
  readonly counts: Counts | undefined;
  /** Line, code, and the fields or the sentence. */
  readonly refused: readonly (readonly [number, string, string])[];
}

/** A temporary folder. */
export const folder = mkdtempSync(join(tmpdir(), 'latchkey-import-'));

export const json = <T>(text: string) => JSON.parse(text) as T;

/** Objects as JSON Lines. */
export const lines = (...objects: readonly object[]) =>
  objects.map((it) => `${JSON.stringify(it)}\n`).join('');

let files = 0;

/** A new file with that content; its path. */
export function newFile(name: string, content: string | Buffer): string {
  files += 1;
  const path = join(folder, `${files}-${name}`);
  writeFileSync(path, content);
  return path;
}

/** Imports the content, by default as JSON Lines into a new installation. */
export async function runImport(
  content: string | Buffer,
  args = '--format jsonl',
  { run }: Pick<Installation, 'run'> = newInstallation(),
): Promise<Imported> {
  const outcome = await run(`accounts import ${newFile('input', content)} ${args} --json`);
  const refused = outcome.stderr
    .split('\n')
    .filter((line) => line.startsWith('{"refused"'))
    .map((line) => json<{ refused: Refusal }>(line).refused)
    .map(
      ({ line, code, detail = '', errors = [] }) =>
        [line, code, errors.map(({ field }) => field).join() || detail] as const,
    );
  const counts = outcome.stdout === '' ? undefined : json<Counts>(outcome.stdout);
  return { ...outcome, counts, refused };
}

/** All accounts, as an export writes them. */
export async function accountsOf(
  { run }: Pick<Installation, 'run'>,
  args = '',
): Promise<Record<string, unknown>[]> {
  const { stdout } = await run(`accounts export ${args}`);
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => json<Record<string, unknown>>(line));
}
