import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from './debian-program.ts';
import { type ReverseProxy, startProxyProcess } from './proxy-process.ts';

/** The blocks of a language in a page of the documentation. */
export function blocksOf(page: string, language: string): string[] {
  const text = readFileSync(join(import.meta.dirname, '../../../../../docs', page), 'utf8');
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .filter(([, name]) => name === language)
    .map(([, , block]) => block!);
}

/** Runs an nginx with these files in its folder, of which `servers.conf` holds its servers, until it listens on the port. */
export async function startNginx(
  files: Readonly<Record<string, string>>,
  port: number,
): Promise<ReverseProxy> {
  const program = findProgram({
    names: ['/usr/sbin/nginx', 'nginx'],
    versionArgs: ['-v'],
    package: 'nginx-light',
  });
  return startProxyProcess(program, { ...files, 'nginx.conf': main }, port, (folder) => [
    ...['-p', folder, '-c', 'nginx.conf', '-e', 'stderr'],
  ]);
}

// One process, whose files are all in the folder.
const main = `daemon off;
master_process off;
pid nginx.pid;
error_log stderr warn;
events {}
http {
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${name};`).join('\n  ')}
  include servers.conf;
}
`;
