import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createVerifier, type Verifier } from '@latchkey/verify';
import type { AdapterVerifier } from '@latchkey/verify/internal';
import type { Logger } from 'pino';
import { createHttpServer } from '../http/connections.ts';
import { createDrain } from '../http/drain.ts';
import { createEntrance } from '../http/entrance.ts';
import { chooseConnections } from '../http/file-limit.ts';
import type { ForwardAuthConfig } from './config.ts';
import { createDecide } from './decide.ts';
import { readQuestion } from './question.ts';
import { allow, fail, health, type Reply, refuse } from './replies.ts';
import { RequirementError } from './requirement.ts';

/** A small service that reverse proxies ask about each request. */
export interface ForwardAuth {
  /** Starts to listen; resolves to the port. Answers are 503 until the revocation log is loaded. */
  listen(): Promise<number>;
  /** Resolves when the revocation log is loaded. Rejects when the service key is refused, but keeps trying. */
  ready(): Promise<void>;
  /** Is no longer ready, and has each answer end its connection, but answers what comes for so many milliseconds. */
  drain(time: number): Promise<void>;
  /** Stops being ready, finishes the requests in flight, and ends. */
  close(): Promise<void>;
}

/** Starts to follow the revocation log of the server. An unreachable server is no error: the verifier keeps trying. */
export async function createForwardAuth(config: ForwardAuthConfig, log: Logger): Promise<ForwardAuth> {
  const { publicUrl: issuer, issuerConnect: connectTo, serviceKey, audience, onStale, maxStaleness } = config;
  const clockSkew = config.clockSkew / 1000;
  const logger = {
    info: (message: string) => log.info(message),
    warn: (message: string) => log.warn(message),
  };
  const whom = { issuer, connectTo, serviceKey, audience };
  const verifier = createVerifier({ ...whom, onStale, maxStaleness, clockSkew, logger });
  const cookie = issuer.startsWith('https:') ? `__Host-${config.cookie}` : config.cookie;
  const decide = createDecide(logRefusals(verifier, log), { cookie, signInUrl: config.signInUrl });
  const metrics = await openMetrics(config, verifier);

  function isReady(): boolean {
    const { ready, staleness } = verifier.status();
    return ready && !drain.begun && (onStale !== 'reject' || staleness <= maxStaleness);
  }

  async function reply(request: IncomingMessage): Promise<Reply> {
    const question = readQuestion(request);
    if (question === undefined) return replyToOther(request.url);
    if (connections.isReserved(request)) return fail(503, 'UNAVAILABLE', 'All connections are taken');
    const { problem, caller, headers } = await decide(question);
    metrics?.count(problem?.code ?? (caller === undefined ? 'anonymous' : 'accepted'));
    if (problem !== undefined) return refuse(problem);
    // Envoy, which asks below /verify/, only accepts the status 200.
    return allow(caller, request.url?.startsWith('/verify/') ? 200 : 204, headers);
  }

  function replyToOther(url = ''): Reply {
    const [path] = url.split('?');
    if (path === '/health/alive') return health('alive');
    if (path === '/health/ready') return isReady() ? health('ready') : fail(503, 'UNAVAILABLE', 'Not ready');
    return fail(404, 'NOT_FOUND', 'There is nothing here');
  }

  function replyToError(error: unknown): Reply {
    if (error instanceof RequirementError) {
      metrics?.count('INVALID_DATA');
      log.error(`a proxy sent a bad requirement: it ${error.message}`);
      return fail(400, 'INVALID_DATA', 'The requirement is malformed');
    }
    metrics?.count('UNAVAILABLE');
    log.error({ err: error }, 'a request could not be checked');
    return fail(503, 'UNAVAILABLE', 'Credentials cannot be checked now');
  }

  const most = chooseConnections(config.maxConnections);
  const { server, connections } = createHttpServer(async (request, response) => {
    request.resume();
    const { status, headers, body } = await reply(request).catch(replyToError);
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const end = connections.isReserved(request) ? { connection: 'close' } : {};
    response.writeHead(status, { ...headers, ...length, ...end }).end(body);
  }, most);

  const entrance = createEntrance(server);
  const drain = createDrain(server, { entrance, connections });

  return {
    async listen() {
      const port = await entrance.listen(config);
      if (config.metricsPort !== undefined) {
        await metrics?.listen({ host: config.host, port: config.metricsPort });
      }
      return port;
    },
    ready: () => verifier.ready({ timeout: Number.POSITIVE_INFINITY }),
    async drain(time) {
      drain.begin();
      await sleep(time);
    },
    async close() {
      await drain.close();
      verifier.close();
      await metrics?.close();
    },
  };
}

async function openMetrics({ metricsPort }: ForwardAuthConfig, { status }: Verifier) {
  if (metricsPort === undefined) return undefined;
  const { createForwardAuthMetrics } = await import('./metrics.ts');
  return createForwardAuthMetrics(status);
}

/** Makes the verifier log why it refuses, at the level debug. The proxy is not told. */
function logRefusals(
  { issuer, authenticate, authenticateCookie, renew }: Verifier,
  log: Logger,
): AdapterVerifier {
  const logged =
    <P extends unknown[], R>(check: (...credentials: P) => Promise<R>) =>
    (...credentials: P): Promise<R> =>
      check(...credentials).catch((error: { readonly reason?: unknown }) => {
        log.debug({ reason: error.reason }, 'refused');
        throw error;
      });
  return {
    issuer,
    authenticate: logged(authenticate),
    authenticateCookie: logged(authenticateCookie),
    renew: logged(renew),
  };
}
