import type { Command } from '../../packages/server/src/cli/frame/command.ts';
import { exitCodeSentences, exitCodes } from '../../packages/server/src/cli/frame/exit-codes.ts';
import { summaryOf, usageOf } from '../../packages/server/src/cli/help.ts';
import { type Verb, verbs } from '../../packages/server/src/cli/verbs.ts';
import { code, generatedNote, page, slug, table } from './markdown.ts';

/** docs/command-line.md: every verb with its help. */
export async function commandLinePage(): Promise<string> {
  const overview = verbs.map((verb) => [`[${code(verb.verb)}](#${slug(verb.verb)})`, summaryOf(verb)]);
  const sections = await Promise.all(verbs.map(async (verb) => sectionOf(verb, (await verb.load()).command)));
  const names = Object.keys(exitCodes) as (keyof typeof exitCodes)[];
  return page(
    generatedNote("the command line's own help"),
    '# Command line',
    intro,
    table(['verb', 'what it does'], overview),
    '## Exit codes',
    table(
      ['code', 'meaning'],
      names.map((name) => [String(exitCodes[name]), exitCodeSentences[name]]),
    ),
    ...sections,
  );
}

const intro = `Run \`npx latchkey <verb>\` in a checkout. Every verb takes \`--json\`, for output that programs read, and \`--help\`.
\`latchkey <noun> --help\` lists the verbs of a noun, and \`latchkey --version\` prints the version. Results go to standard
output, everything else to standard error.

The verbs work on the database and the keys that the [configuration](configuration.md) names. Run them with the
environment of the server, on a machine that reaches both. A running server sees their changes at once.

The first steps of an installation create database and keys where there are none: \`serve\`, \`migrate\`,
\`accounts create\`, \`accounts import\` and \`services add\`. Every other verb creates nothing: it says where it looked, and
exits with 1. So a wrong LATCHKEY_DATA_DIR is noticed, and not answered with an empty list.

A failure is one line on standard error, \`CODE: what is wrong\`; with \`--json\`, it is
\`{"error": {"code": …, "message": …}}\`.`;

function sectionOf({ verb, alias }: Verb, command: Command): string {
  return page(
    `## ${verb}`,
    `\`\`\`text\n${usageOf(verb, command)}\n\`\`\``,
    alias === undefined ? '' : `\`latchkey ${alias}\` is an alias, its earlier name.`,
    ...blocksOf(command.help),
  ).trimEnd();
}

/** Paragraphs as they are, indented blocks as code. */
function blocksOf(help: string): string[] {
  return help.split('\n\n').map((block) => {
    // The variables have a page of their own.
    if (block.startsWith('Variables:\n')) return 'Variables: see [configuration](configuration.md).';
    if (block.startsWith('  ')) return `\`\`\`sh\n${block.replace(/^ {2}/gm, '')}\n\`\`\``;
    return block.replace(/</g, '\\<');
  });
}
