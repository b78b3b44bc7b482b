import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Where the links in mails lead. Each reads what it needs from the fragment, which reaches no server and no log. */
const pages = ['verify-email', 'reset-password', 'recover', 'invitation'] as const;

const assets = { 'pages.js': 'text/javascript', 'pages.css': 'text/css' } as const;

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; " +
  "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/**
 * The pages that mails lead to. Opening one does nothing, because mail programs and their scanners open links too: what
 * a code is good for happens when a person presses the button.
 */
export function addPages(server: FastifyInstance): void {
  const hidden = { schema: { hide: true } };
  for (const page of pages) server.get(`/${page}`, hidden, (_request, reply) => sendPage(reply, page));
  for (const [name, type] of Object.entries(assets)) {
    const text = readFileSync(join(import.meta.dirname, name), 'utf8');
    server.get(`/pages/${name}`, hidden, (_request, reply) =>
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
