/** What Node's test runner tells at its end. Times in milliseconds. */
export interface Counts {
  readonly counts: Readonly<
    Record<'tests' | 'suites' | 'passed' | 'failed' | 'cancelled' | 'skipped' | 'todo', number>
  >;
  readonly duration_ms: number;
}

/** As much of an event of Node's test runner as is looked at. */
export interface TestEvent {
  readonly type: string;
  readonly data: Counts & { readonly file?: string };
}

/** The closing lines of several runs together, as Node's runner writes those of one. */
export function closingLines(runs: readonly Counts[], duration: number): string {
  const sum = (name: keyof Counts['counts']) => runs.reduce((total, { counts }) => total + counts[name], 0);
  const lines = {
    tests: sum('tests'),
    suites: sum('suites'),
    pass: sum('passed'),
    fail: sum('failed'),
    cancelled: sum('cancelled'),
    skipped: sum('skipped'),
    todo: sum('todo'),
    duration_ms: duration,
  };
  return Object.entries(lines)
    .map(([name, value]) => `ℹ ${name} ${value}`)
    .join('\n');
}
