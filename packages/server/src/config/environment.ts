export type Environment = Readonly<Record<string, string | undefined>>;

/** Forms of names that Kubernetes makes for a Service, and Docker for a link; the value decides where a form is ours, too. */
const madeNames = [
  /_SERVICE_HOST$/,
  /_SERVICE_PORT(?:_[A-Z0-9_]+)?$/,
  /_PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR|START|END))?$/,
];

/**
 * The variables that count, by their bare values: those that are not empty, and that neither Kubernetes nor Docker made
 * for a service whose name begins with `latchkey`.
 */
export function givenVariables(env: Environment): Readonly<Record<string, string>> {
  const given: Record<string, string> = {};
  for (const [name, text = ''] of Object.entries(env)) {
    const value = bareValue(text);
    if (value !== '' && !isMade(name, env)) given[name] = value;
  }
  return given;
}

const inQuotes = /^(["'])((?:(?!\1).)*)\1$/s;

/**
 * A value without the blanks and the pair of quotes around it. Shells and Compose take quotes off themselves; the files
 * of `docker run --env-file` and `kubectl create secret --from-env-file` keep them.
 */
export function bareValue(text: string): string {
  const trimmed = text.trim();
  return (inQuotes.exec(trimmed)?.[2] ?? trimmed).trim();
}

/** A sentence for each reason why variables of these names, or that begin with LATCHKEY_, or their quotes do not count. */
export function findIgnored(env: Environment, names: readonly string[]): string[] {
  const ours = Object.keys(env).filter((name) => env[name] !== undefined && isOurs(name, names));
  const made = ours.filter((name) => isMade(name, env));
  const others = ours.filter((name) => !made.includes(name));
  const empty = others.filter((name) => bareValue(env[name]!) === '');
  const quoted = others.filter((name) => inQuotes.test(env[name]!.trim()) && !empty.includes(name));
  return [
    ...(empty.length > 0 ? [`Empty, so not set: ${empty.join(', ')}.`] : []),
    ...(quoted.length > 0 ? [`Read without the quotes around it: ${quoted.join(', ')}.`] : []),
    ...(made.length > 0 ? [`Left alone, as Kubernetes or Docker made them: ${made.join(', ')}.`] : []),
  ];
}

/** Whether a variable may be meant for Latchkey; those of the test runner are not. */
export function isOurs(name: string, names: readonly string[]): boolean {
  if (name.startsWith('LATCHKEY_TEST_')) return false;
  return name.startsWith('LATCHKEY_') || names.includes(name);
}

function isMade(name: string, env: Environment): boolean {
  if (!name.startsWith('LATCHKEY_')) return false;
  if (madeNames.some((form) => form.test(name)) || isAddressOfPort(name, env)) return true;
  // Docker hands the variables of the linked container on, too, whatever their names are.
  const link = /^(LATCHKEY_(?:[A-Z0-9_]+_)??)(?:NAME|ENV_.+)$/.exec(name)?.[1];
  return link !== undefined && /^\/[^/]+\/[^/]+$/.test(env[`${link}NAME`] ?? '');
}

/** `LATCHKEY_PORT=tcp://10.0.0.1:8080`, and LATCHKEY_METRICS_PORT of a service `latchkey-metrics`. */
function isAddressOfPort(name: string, env: Environment): boolean {
  return name.endsWith('_PORT') && /^(?:tcp|udp|sctp):\/\//.test(env[name] ?? '');
}
