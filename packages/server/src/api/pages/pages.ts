import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { addPage } from '../../http/add-page.ts';

/** The pages that mails link to. Each reads its input from the fragment, which is sent to no server and in no log. */
const pages = ['verify-email', 'reset-password', 'recover', 'invitation'] as const;

const assets = { 'pages.js': 'text/javascript', 'pages.css': 'text/css' } as const;

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; " +
  "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/**
 * Adds the pages that mails link to. Opening a page changes nothing, because mail programs and scanners open links, too:
 * a code is only used when a person presses the button.
 */
export function addPages(server: FastifyInstance): void {
  for (const page of pages) addPage(server, `/${page}`, (_request, reply) => sendPage(reply, page));
  for (const [name, type] of Object.entries(assets)) {
    const text = readFileSync(join(import.meta.dirname, 'assets', name), 'utf8');
    addPage(server, `/pages/${name}`, (_request, reply) =>
      reply.header('content-type', `${type}; charset=utf-8`).send(text),
    );
  }
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  reply.header('content-security-policy', policy).header('content-type', 'text/html; charset=utf-8');
  return reply.send(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Latchkey</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="./pages/pages.css">
<script type="module" src="./pages/pages.js"></script>
</head>
<body>
<main data-page="${page}">
<noscript>This page needs JavaScript. The code in the mail can be entered in your application as well.</noscript>
</main>
</body>
</html>
`);
}
