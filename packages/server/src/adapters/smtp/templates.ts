import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MailKind } from '../../identity/mails/mail.ts';

/** A mail, ready to be sent. */
export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Writes mails from templates. */
export interface Templates {
  /** In that language (`de-CH`), or its base language (`de`), or English. `to` is the address to which it goes. */
  write(kind: string, language: string, values: Readonly<Record<string, string>>, to?: string): RenderedMail;
}

/** Why a folder of templates cannot be used, in one sentence for the operator. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

/** What each mail can show besides `name` and `product`. */
const valuesOf: Readonly<Record<MailKind, readonly string[]>> = {
  'verify-email': ['login', 'email', 'link', 'code'],
  'recover-password': ['login', 'link', 'code'],
  'set-password': ['login', 'link', 'code'],
  'temp-password': ['login', 'link', 'code'],
  'sign-up-taken': ['login', 'link'],
  invitation: ['site', 'by', 'role', 'link', 'code'],
  'join-request': ['site', 'by', 'role'],
  'join-approved': ['site', 'role'],
  'join-denied': ['site'],
  'added-to-site': ['site', 'by', 'role'],
  'password-changed': ['login', 'time', 'link'],
  'password-reset': ['login', 'time', 'link'],
  'email-changed': ['login', 'email', 'time', 'link'],
  'new-device': ['login', 'client', 'platform', 'address', 'time', 'link'],
};

interface Template {
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
}

/**
 * The built-in templates, and those of `folder`, which take precedence. A template is `<language>/<kind>.txt`, whose
 * first line is the subject, and optionally `<kind>.html`; without it, the text is set in plain HTML. Throws
 * TemplateError for a file that is neither, or that shows a value which its mail does not have.
 */
export function loadTemplates(folder: string | undefined): Templates {
  const languages = readFolder(join(import.meta.dirname, 'templates'));
  if (folder !== undefined) {
    for (const [language, templates] of readFolder(folder)) {
      const known = languages.get(language) ?? new Map<string, Template>();
      languages.set(language, new Map([...known, ...templates]));
    }
  }
  const find = (kind: string, language: string): Template => {
    for (const candidate of [language, language.split('-')[0]!, 'en']) {
      const template = languages.get(candidate.toLowerCase())?.get(kind);
      if (template !== undefined) return template;
    }
    throw new TypeError(`there is no template ${kind}`);
  };
  return {
    write(kind, language, given, to) {
      const { subject, text, html } = find(kind, language);
      const values = {
        product: 'Latchkey',
        ...mapValues(given, (value, name) => (value === to ? value : defuseLinks(value, name))),
      };
      const escaped = mapValues(values, escapeHtml);
      return {
        subject: fill(subject, values),
        text: fill(text, values),
        html: html === undefined ? toHtml(text, escaped) : fill(html, escaped),
      };
    },
  };
}

function readFolder(folder: string): Map<string, Map<string, Template>> {
  const languages = new Map<string, Map<string, Template>>();
  for (const language of namesIn(folder)) {
    const path = join(folder, language);
    const names = namesIn(path);
    const templates = new Map<string, Template>();
    for (const name of names) {
      const [, kind = '', ending] = /^(.+)\.(txt|html)$/.exec(name) ?? [];
      if (!isKind(kind))
        throw new TemplateError(
          `${join(path, name)} is not a template: no mail has that name; the names are ${Object.keys(valuesOf).join(', ')}.`,
        );
      if (ending === 'html' && !names.includes(`${kind}.txt`)) {
        throw new TemplateError(
          `${join(path, name)} needs ${kind}.txt beside it, whose first line is the subject.`,
        );
      }
      if (ending === 'txt') templates.set(kind, readTemplate(path, kind, names.includes(`${kind}.html`)));
    }
    languages.set(language.toLowerCase(), templates);
  }
  return languages;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith('.'));
  } catch (error) {
    throw new TemplateError(
      `The templates in ${folder} cannot be read (${(error as NodeJS.ErrnoException).code}): it must be a folder that this user can read.`,
    );
  }
}

function isKind(name: string): name is MailKind {
  return Object.hasOwn(valuesOf, name);
}

function readTemplate(path: string, kind: MailKind, withHtml: boolean): Template {
  const [subject = '', ...rest] = readFileSync(join(path, `${kind}.txt`), 'utf8').split('\n');
  const text = `${rest.join('\n').trim()}\n`;
  const html = withHtml ? readFileSync(join(path, `${kind}.html`), 'utf8') : undefined;
  const known = ['name', 'product', ...valuesOf[kind]];
  for (const [, name = ''] of `${subject}${text}${html ?? ''}`.matchAll(placeholder)) {
    if (!known.includes(name)) {
      throw new TemplateError(
        `The template ${join(path, kind)} shows {{${name}}}, which its mail does not have; it has ${known.join(', ')}.`,
      );
    }
  }
  return html === undefined ? { subject, text } : { subject, text, html };
}

const placeholder = /\{\{(\w+)\}\}/g;

function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(placeholder, (_, name: string) => values[name] ?? '');
}

/** The text as HTML: a paragraph that is only a link becomes one to click, and one that is only a code stands out. */
function toHtml(text: string, values: Readonly<Record<string, string>>): string {
  const paragraphs = text
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => {
      const html = fill(escapeHtml(paragraph), values);
      if (paragraph === '{{link}}') return `<p><a href="${html}" style="${buttonStyle}">${html}</a></p>`;
      if (paragraph === '{{code}}') return `<p style="${codeStyle}">${html}</p>`;
      return `<p>${html.replaceAll('\n', '<br>')}</p>`;
    });
  return `<!doctype html>
<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>
<body style="${bodyStyle}">
${paragraphs.join('\n')}
</body></html>
`;
}

const bodyStyle = 'font: 16px/1.5 system-ui, sans-serif; max-width: 36em; margin: 2em auto; padding: 0 1em';
const buttonStyle = 'color: #0b57d0; word-break: break-all';
const codeStyle = 'font: 18px/1.5 ui-monospace, monospace; letter-spacing: .06em';

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** What nobody but this server writes. */
const ownValues = ['link', 'code', 'time', 'address'];

/**
 * Keeps mail programs from making links of what people wrote, names and logins as well as what their programs call
 * themselves, by a space in what looks like one. An invisible character would not do: not every program minds it, and
 * browsers drop it from the names of hosts (UTS #46). Digits behind a dot are a version. Sign-in takes such a login with
 * the space as well: see `accountKeyOf`.
 */
function defuseLinks(value: string, name: string): string {
  if (ownValues.includes(name)) return value;
  const parts = ['client', 'platform'].includes(name)
    ? /(?<=\S)(?:[:/@]|\.(?!\d))(?=\S)/g
    : /(?<=\S)[.:/@](?=\S)/g;
  return value.replace(/[\r\n]+/g, ' ').replace(parts, '$& ');
}

function mapValues(
  values: Readonly<Record<string, string>>,
  convert: (value: string, name: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, convert(value, name)]));
}
