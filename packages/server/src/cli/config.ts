import { type Config, type ConfigVariableInfo, configVariables, sourceOf } from '../config/config.ts';
import { forever } from '../config/values.ts';
import type { Command } from './frame/command.ts';
import { count } from './frame/show.ts';
import { variableColumns } from './frame/variable-columns.ts';

export const command: Command = {
  usage: '',
  help: `Shows the configuration as the server reads it, and the source of each value. Secrets are masked. The value of
each LATCHKEY_ variable can also come from a file that <NAME>_FILE names. An empty variable counts as not set.

Variables:
${variableColumns(configVariables)}`,
  async run(call) {
    const config = call.config();
    const shown = configVariables.map((variable) => {
      const { name } = variable;
      return { name, value: textOf(variable, config), source: sourceOf(name, call.env) };
    });
    const { warnings, ignored } = config;
    call.answer({ settings: shown, warnings, ignored }, [
      ...shown.map(({ name, value, source }) => {
        const note = source === 'default' ? '' : `  # ${source}`;
        return value === null ? `# ${name} is not set` : `${name}=${value}${note}`;
      }),
      ...ignored.map((sentence) => `# ${sentence}`),
      ...warnings.map((warning) => `# Warning: ${warning}`),
    ]);
    return undefined;
  },
};

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

/** The value as it could be set; null when there is none. */
function textOf({ key, secret, unit }: ConfigVariableInfo, config: Config): string | null {
  const value = config[key];
  if (value === undefined) return null;
  if (secret) return typeof value === 'string' ? maskUrl(value) : '***';
  if (value === Number.POSITIVE_INFINITY) return forever;
  if (unit === 'duration') {
    const [name, size] = units.find(([, milliseconds]) => (value as number) % milliseconds === 0)!;
    return `${(value as number) / size}${name}`;
  }
  if (unit === 'certificates') return count(String(value).split('-----END').length - 1, 'certificate');
  return Array.isArray(value) ? value.join(',') : String(value);
}

/** Masks the parts that may contain a password: user, password and parameters. */
function maskUrl(text: string): string {
  if (text.startsWith('sqlite:')) return text;
  const { protocol, username, password, host, pathname, search } = new URL(text);
  return `${protocol}//${username || password ? '***@' : ''}${host}${pathname}${search && '?***'}`;
}
