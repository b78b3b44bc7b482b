import { configVariables } from '../../packages/server/src/config/config.ts';
import type { ConfigVariableInfo } from '../../packages/server/src/config/variable.ts';
import { forwardAuthVariables } from '../../packages/server/src/forward-auth/config.ts';
import { code, generatedNote, page, table } from './markdown.ts';

/** docs/configuration.md: every variable of the server and of forward authentication. */
export function configurationPage(): string {
  const rows = configVariables.map((variable) => {
    const [name, ...rest] = rowOf(variable);
    return [`<a id="${variable.name}"></a>${name}`, ...rest];
  });
  return page(
    generatedNote('packages/server/src/config/table.ts'),
    '# Configuration',
    intro,
    table(['variable', 'default', 'what it is'], rows),
    notes,
    '## Forward authentication',
    forwardAuthIntro,
    table(
      ['variable', 'default', 'what it is'],
      forwardAuthVariables.map((variable) => rowOf(variable)),
    ),
  );
}

function rowOf(variable: ConfigVariableInfo): string[] {
  const { name, defaultText, description, unit, secret } = variable;
  const sentences = [description, unit === 'duration' ? 'A duration.' : '', secret ? 'A secret.' : ''];
  return [
    code(name),
    defaultText === undefined ? '' : defaultCell(defaultText),
    sentences.filter(Boolean).join(' '),
  ];
}

/** A default that is a sentence stays one. */
function defaultCell(text: string): string {
  return /\s/.test(text) ? text : code(text);
}

const intro = `Latchkey is configured by environment variables. The value of each \`LATCHKEY_\` variable can also come from a file:
add \`_FILE\` to the name and set it to the path, as in \`LATCHKEY_MASTER_KEY_FILE=/run/secrets/master-key\`. Setting both is
an error. The file is UTF-8; a mark at its start and line ends behind the value do not count.

An empty variable counts as not set, and so does one of blanks. Quotes around a value do not count: \`docker run --env-file\`
keeps them. Variables that Kubernetes and Docker make for a service are left alone ([in Kubernetes](kubernetes.md)).
\`latchkey config\`, \`latchkey doctor\` and the log at the start name what does not count. Of a hoster's variables only
\`PORT\` and \`HOST\` are read: give its \`DATABASE_URL\` to \`LATCHKEY_DATABASE_URL\`.

An unknown name or a malformed value stops the start, and the message says what is wrong. \`npx latchkey config\` shows the
configuration as the server reads it, with secrets masked and the source of each value. \`npx latchkey doctor\` checks it
together with the database and the keys.`;

const notes = `A **duration** is a whole number of seconds, or a number with a unit: \`500ms\`, \`30s\`, \`15m\`, \`24h\`, \`30d\`. A **secret**
is never shown in logs or by \`latchkey config\`; keep it in a file where you can. A default that names another variable
has the value of that variable. Relative paths start at the folder in which the server is started.`;

const forwardAuthIntro = `\`npx latchkey forward-auth\`, for [forward authentication](forward-authentication.md), has variables of its own. It does
not accept those of the server, because it must not know the server's secrets.`;
