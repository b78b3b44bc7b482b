import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { slug } from './markdown.ts';

/** What is wrong with the relative links of a Markdown file, one sentence each. */
export function brokenLinks(file: string): string[] {
  const text = withoutCode(readFileSync(file, 'utf8'));
  const targets = [...text.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g)].map(([, target]) => target!);
  return targets
    .filter((target) => !/^[a-z][a-z0-9+.-]*:/i.test(target))
    .flatMap((target) => problemOf(file, target));
}

function problemOf(file: string, target: string): string[] {
  const [path = '', anchor] = target.split('#');
  const found = path === '' ? file : resolve(dirname(file), decodeURIComponent(path));
  if (!existsSync(found)) return [`${file}: there is no ${target}`];
  const page = statSync(found).isDirectory() ? join(found, 'README.md') : found;
  if (anchor === undefined || !page.endsWith('.md')) return [];
  return anchorsOf(page).has(anchor) ? [] : [`${file}: there is no anchor ${target}`];
}

function anchorsOf(file: string): Set<string> {
  const text = readFileSync(file, 'utf8').replace(/^```[\s\S]*?^```/gm, '');
  const anchors = new Set([...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id!));
  const seen = new Map<string, number>();
  for (const [, heading] of text.matchAll(/^#{1,6} (.+)$/gm)) {
    const base = slug(heading!.replace(/[`*]/g, ''));
    const count = seen.get(base) ?? 0;
    seen.set(base, count + 1);
    anchors.add(count === 0 ? base : `${base}-${count}`);
  }
  return anchors;
}

function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
}
