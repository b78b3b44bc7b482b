import { type Config, type SettingInfo, settings } from '../config/config.ts';
import { columns } from './frame/columns.ts';
import type { Command } from './frame/command.ts';

export const command: Command = {
  usage: '',
  help: `Shows the settings as they are now, and where each comes from. Secrets are masked. Each LATCHKEY_ setting can
also be given as a file that <NAME>_FILE names. The settings are:

${columns(settings.map(({ name, description, defaultText }) => [name, defaultText ? `${description} Default: ${defaultText}` : description]))}`,
  async run(call) {
    const config = call.config();
    const shown = settings.map((setting) => {
      const { name } = setting;
      const file = name.startsWith('LATCHKEY_') && call.env[`${name}_FILE`] !== undefined;
      const source = file ? 'file' : call.env[name] !== undefined ? 'environment' : 'default';
      return { name, value: textOf(setting, config), source };
    });
    call.answer({ settings: shown, warnings: config.warnings }, [
      ...shown.map(({ name, value, source }) => {
        const note = source === 'default' ? '' : `  # ${source}`;
        return value === null ? `# ${name} is not set` : `${name}=${value}${note}`;
      }),
      ...config.warnings.map((warning) => `# Warning: ${warning}`),
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
function textOf({ key, secret, unit }: SettingInfo, config: Config): string | null {
  const value = config[key];
  if (value === undefined) return null;
  if (secret) return typeof value === 'string' ? maskedUrl(value) : '***';
  if (unit === 'duration') {
    const [name, size] = units.find(([, milliseconds]) => (value as number) % milliseconds === 0)!;
    return `${(value as number) / size}${name}`;
  }
  return Array.isArray(value) ? value.join(',') : String(value);
}

/** Without what could hold a password: user, password and parameters. */
function maskedUrl(text: string): string {
  if (text.startsWith('sqlite:')) return text;
  const { protocol, username, password, host, pathname, search } = new URL(text);
  return `${protocol}//${username || password ? '***@' : ''}${host}${pathname}${search && '?***'}`;
}
