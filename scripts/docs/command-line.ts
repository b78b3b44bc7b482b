import type { Command } from '../../packages/server/src/cli/frame/command.ts';
import { exitCodeSentences, exitCodes } from '../../packages/server/src/cli/frame/exit-codes.ts';
import { verbs } from '../../packages/server/src/cli/verbs.ts';
import { code, generatedNote, page, slug, table } from './markdown.ts';

/** docs/command-line.md: every verb with its help. */
export async function commandLinePage(): Promise<string> {
  const overview = verbs.map(({ verb, summary }) => [`[${code(verb)}](#${slug(verb)})`, summary]);
  const sections = await Promise.all(
    verbs.map(async ({ verb, load }) => sectionOf(verb, (await load()).command)),
  );
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

const intro = `\`npx latchkey <verb>\` in a checkout. Every verb takes \`--json\`, for output that programs read, and \`--help\`. Results go to
standard output, everything else to standard error.

The verbs work on the database and the keys that the [settings](settings.md) name, so run them with the same
environment as the server, on a machine that reaches both. A running server sees what they change at once.`;

function sectionOf(verb: string, { usage, help }: Command): string {
  return page(
    `## ${verb}`,
    `\`\`\`text\nlatchkey ${[verb, usage].filter(Boolean).join(' ')}\n\`\`\``,
    ...blocksOf(withoutSettings(help)),
  ).trimEnd();
}

/** Paragraphs as they are, indented blocks as code. */
function blocksOf(help: string): string[] {
  return help
    .split('\n\n')
    .map((block) =>
      block.startsWith('  ')
        ? `\`\`\`sh\n${block.replace(/^ {2}/gm, '')}\n\`\`\``
        : block.replace(/</g, '\\<'),
    );
}

/** The settings have a page of their own. */
function withoutSettings(help: string): string {
  return help.replace(/The settings are:\n\n[\s\S]*$/, 'See [settings](settings.md).');
}
