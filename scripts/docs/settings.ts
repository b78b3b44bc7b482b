import { type SettingInfo, settings } from '../../packages/server/src/config/config.ts';
import { forwardAuthSettings } from '../../packages/server/src/forward-auth/config.ts';
import { code, generatedNote, page, table } from './markdown.ts';

/** docs/settings.md: every setting of the server and of its verifier. */
export function settingsPage(): string {
  const rows = settings.map((setting) => {
    const [name, ...rest] = rowOf(setting);
    return [`<a id="${setting.name}"></a>${name}`, ...rest];
  });
  return page(
    generatedNote('packages/server/src/config/table.ts'),
    '# Settings',
    intro,
    table(['setting', 'default', 'what it is'], rows),
    notes,
    '## The verifier',
    verifierIntro,
    table(
      ['setting', 'default', 'what it is'],
      forwardAuthSettings.map((setting) => rowOf(setting)),
    ),
  );
}

function rowOf(setting: SettingInfo<string>): string[] {
  const { name, defaultText, description, unit, secret } = setting;
  const sentences = [description, unit === 'duration' ? 'A duration.' : '', secret ? 'A secret.' : ''];
  return [
    code(name),
    defaultText === undefined ? '' : words(defaultText),
    sentences.filter(Boolean).join(' '),
  ];
}

/** A default that is a sentence stays one. */
function words(text: string): string {
  return /\s/.test(text) ? text : code(text);
}

const intro = `Settings are environment variables. Each \`LATCHKEY_\` setting can be given as a file instead, whose path stands in the
variable of the same name with \`_FILE\` at its end: \`LATCHKEY_MASTER_KEY_FILE=/run/secrets/master-key\`. Giving both is an
error.

A setting that is unknown or malformed stops the start, and the message says which and why. \`npx latchkey config\` shows
the settings as the server would read them, secrets masked, and where each comes from; \`npx latchkey doctor\` checks
them together with the database and the keys.`;

const notes = `A **duration** is a whole number of seconds, or one with a unit: \`500ms\`, \`30s\`, \`15m\`, \`24h\`, \`30d\`. A **secret** is
never shown in logs or by \`latchkey config\`; give it as a file where you can. A default that names another setting
follows that setting. Relative paths begin at the folder that the server is started in.`;

const verifierIntro = `\`npx latchkey verifier\`, for [forward authentication](forward-authentication.md), has settings of its own. Those of
the server are unknown to it: it must not know the server's secrets.`;
