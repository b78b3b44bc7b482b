import type { FastifyInstance, FastifyReply } from 'fastify';
import { AppError, type ErrorCode, errorCodes } from '../kernel/errors.ts';
import { addPage, redirectTo } from './add-page.ts';
import { basePathOf } from './base-path.ts';
import { categoryOf, statusOf } from './errors.ts';

const pagePolicy =
  "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/**
 * Adds the OpenAPI document, a reference page made from it, and the page of error codes. All assets come from this
 * server. What is large is made when the first reader asks for it, and once: readers share the bytes.
 */
export function addDocs(server: FastifyInstance, publicUrl: string): void {
  const base = basePathOf(publicUrl);
  let document: Buffer | undefined;
  addPage(server, '/openapi.json', (_request, reply) => {
    document ??= Buffer.from(JSON.stringify(server.swagger()));
    return reply.header('content-type', 'application/json; charset=utf-8').send(document);
  });
  addPage(server, '/docs/errors', (_request, reply) => sendPage(reply, errorPage()));
  addPage(server, '/docs', (_request, reply) => redirectTo(reply, `${base}/docs/`));
  for (const url of ['/docs/', '/docs/js/scalar.js']) {
    let asset: Promise<Asset> | undefined;
    addPage(server, url, async (_request, reply) => {
      asset ??= loadAsset(base, url);
      const { type, bytes } = await asset;
      if (type.startsWith('text/html')) return sendPage(reply, bytes);
      return reply.header('content-type', type).send(bytes);
    });
  }
}

interface Asset {
  readonly type: string;
  readonly bytes: Buffer;
}

async function loadAsset(base: string, url: string): Promise<Asset> {
  const reference = await loadReference(base);
  try {
    const { statusCode, headers, rawPayload: bytes } = await reference.inject({ method: 'GET', url });
    if (statusCode !== 200) throw new AppError('NOT_FOUND');
    return { type: String(headers['content-type'] ?? 'application/octet-stream'), bytes };
  } finally {
    await reference.close();
  }
}

async function loadReference(base: string): Promise<FastifyInstance> {
  const [{ default: Fastify }, { default: scalar }] = await Promise.all([
    import('fastify'),
    import('@scalar/fastify-api-reference'),
  ]);
  const app = Fastify();
  await app.register(scalar, {
    routePrefix: '/docs',
    configuration: {
      url: `${base}/openapi.json`,
      title: 'Latchkey API',
      pageTitle: 'Latchkey API',
      withDefaultFonts: false,
      telemetry: false,
      hideClientButton: true,
      showDeveloperTools: 'never',
      // These buttons lead to servers of another company.
      agent: { disabled: true },
      mcp: { disabled: true },
      favicon: 'data:,',
    } as object,
  });
  await app.ready();
  return app;
}

function sendPage(reply: FastifyReply, page: unknown): FastifyReply {
  reply.header('content-security-policy', pagePolicy);
  reply.header('content-type', 'text/html; charset=utf-8');
  return reply.send(page);
}

function errorPage(): string {
  const rows = (Object.keys(errorCodes) as ErrorCode[])
    .map(
      (code) =>
        `<tr id="${code}"><td><code>${code}</code></td><td>${statusOf[code]}</td><td>${categoryOf(statusOf[code])}</td><td>${errorCodes[code]}</td></tr>`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Latchkey error codes</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
td,th{padding:.4rem .8rem;text-align:left;vertical-align:top;border-bottom:1px solid #ddd}tr:target{background:#fff3bf}
@media(max-width:40rem){thead{display:none}tr{display:block;padding:.4rem 0;border-bottom:1px solid #ddd}
td{display:inline-block;border:0;padding:.1rem .8rem .1rem 0}td:last-child{display:block}}</style>
</head><body><h1>Error codes</h1>
<p>Every failure is an <code>application/problem+json</code> document (RFC 9457) whose <code>code</code> is one of these.
The category, <code>message</code> and <code>details</code> say the same in the words of pip-services3.
See also the <a href="./">API reference</a>.</p>
<table><thead><tr><th>Code</th><th>Status</th><th>Category</th><th>Meaning</th></tr></thead><tbody>
${rows}
</tbody></table></body></html>
`;
}
