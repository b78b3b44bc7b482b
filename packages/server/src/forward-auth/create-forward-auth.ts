import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createVerifier, type Verifier } from '@latchkey/verify';
import type { Logger } from 'pino';
import type { ForwardAuthConfig } from './config.ts';
import { createDecide } from './decide.ts';
import { failure, health, no, type Reply, yes } from './replies.ts';
import { RequirementError } from './requirement.ts';

/** Milliseconds that an idle connection is kept: longer than proxies keep theirs, so that they close it. */
const keepAlive = 75_000;

/** A small service that reverse proxies ask about each request. */
export interface ForwardAuth {
  /** Begins to serve; resolves to the port that was taken. Until the verifier knows enough, answers are 503. */
  listen(): Promise<number>;
  /** Resolves when the verifier knows everything; rejects when its service key is refused, though it goes on trying. */
  ready(): Promise<void>;
  /** Is not ready any more, finishes the requests in flight, and ends. */
  close(): Promise<void>;
}

/** Starts to follow the server's log. */
export async function createForwardAuth(config: ForwardAuthConfig, log: Logger): Promise<ForwardAuth> {
  const { publicUrl: issuer, serviceKey, audience, onStale, maxStaleness } = config;
  const clockSkew = config.clockSkew / 1000;
  const logger = {
    info: (message: string) => log.info(message),
    warn: (message: string) => log.warn(message),
  };
  const verifier = createVerifier({ issuer, serviceKey, audience, onStale, maxStaleness, clockSkew, logger });
  const cookie = issuer.startsWith('https:') ? `__Host-${config.cookie}` : config.cookie;
  const decide = createDecide(telling(verifier, log), cookie);
  const metrics = await openMetrics(config, verifier);
  let closing = false;

  function isReady(): boolean {
    const { ready, staleness } = verifier.status();
    return ready && !closing && (onStale !== 'reject' || staleness <= maxStaleness);
  }

  async function reply({ url = '', headers, rawHeaders }: IncomingMessage): Promise<Reply> {
    const mark = url.indexOf('?');
    const [path, query] = mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
    if (path === '/health/alive') return health('alive');
    if (path === '/health/ready')
      return isReady() ? health('ready') : failure(503, 'UNAVAILABLE', 'Not ready');
    const own = path === '/verify';
    if (!own && !path.startsWith('/verify/')) return failure(404, 'NOT_FOUND', 'There is nothing here');
    const required = headers['x-latchkey-require'];
    // What stands behind /verify/ is the client's own path and query, as Envoy hands them on.
    const { problem, caller } = await decide({
      headers: rawHeaders,
      query: own ? query : '',
      ...(required !== undefined && { header: String(required) }),
    });
    metrics?.count(problem?.code ?? (caller === undefined ? 'anonymous' : 'accepted'));
    if (problem !== undefined) return no(problem);
    // Envoy takes no other status than 200 for a yes.
    return yes(caller, own ? 204 : 200);
  }

  function replyToError(error: unknown): Reply {
    if (error instanceof RequirementError) {
      metrics?.count('INVALID_DATA');
      log.error(`a proxy asks what cannot be answered: the requirement ${error.message}`);
      return failure(400, 'INVALID_DATA', 'The requirement cannot be read');
    }
    metrics?.count('UNAVAILABLE');
    log.error({ err: error }, 'a question could not be answered');
    return failure(503, 'UNAVAILABLE', 'Credentials cannot be checked now');
  }

  const server = createServer({ keepAliveTimeout: keepAlive }, async (request, response) => {
    request.resume();
    const { status, headers, body } = await reply(request).catch(replyToError);
    response.writeHead(status, headers).end(body);
  });

  return {
    async listen() {
      server.listen(config.port, config.host);
      await once(server, 'listening');
      if (config.metricsPort !== undefined) {
        await metrics?.listen({ host: config.host, port: config.metricsPort });
      }
      return (server.address() as AddressInfo).port;
    },
    ready: () => verifier.ready({ timeout: Number.POSITIVE_INFINITY }),
    async close() {
      closing = true;
      if (server.listening) await new Promise((resolve) => server.close(resolve));
      verifier.close();
      await metrics?.close();
    },
  };
}

async function openMetrics({ metricsPort }: ForwardAuthConfig, { status }: Verifier) {
  if (metricsPort === undefined) return undefined;
  const { createVerifierMetrics } = await import('./metrics.ts');
  return createVerifierMetrics(status);
}

/** A verifier that tells why it refuses: in the log alone, and only to who asks for that level. */
function telling({ issuer, authenticate }: Verifier, log: Logger): Pick<Verifier, 'issuer' | 'authenticate'> {
  return {
    issuer,
    authenticate: (...credentials) =>
      authenticate(...credentials).catch((error: { readonly reason?: unknown }) => {
        log.debug({ reason: error.reason }, 'refused');
        throw error;
      }),
  };
}
