import type { FastifyRequest } from 'fastify';
import { AppError } from '../kernel/errors.ts';
import { faultOfOrigin, isApplication } from '../kernel/origin.ts';

type Headed = Pick<FastifyRequest, 'headers'>;

/**
 * What makes a request, as two headers tell that no page can set:
 *
 * | sender | `Sec-Fetch-Site` | `Origin` |
 * |---|---|---|
 * | page, on https or localhost | sent | sent, unless it only reads its own origin |
 * | page on plain http, and before Safari 16.4 and Firefox 90 | none | the same |
 * | application: a page of an allowed origin of that kind | sent by newer ones | sent |
 * | program: Node.js, curl, a service, a native app | none | none |
 *
 * Nothing else tells them apart: Node's fetch sends `Sec-Fetch-Mode`, Java asks for `text/html`, and everybody writes
 * what they like into `User-Agent`. What browsers and clients send is in `packages/verify/test/recorded-headers.jsonl`.
 */
export type Sender = 'page' | 'application' | 'program';

/** What the server makes of the origins of requests. */
export interface Origins {
  /** Of other sites and of applications, whose pages may call with credentials. */
  readonly allowed: readonly string[];
  /**
   * Refuses a change that a page asks for, unless its origin is the server's own or allowed. Where a browser itself
   * says that the page is of the same origin, that counts: a proxy may give it another name. Throws WRONG_ORIGIN.
   */
  check(request: Headed & Pick<FastifyRequest, 'method'>): void;
  senderOf(request: Headed): Sender;
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The rules for a server at this URL that allows these origins. */
export function createOrigins(publicUrl: string, allowed: readonly string[]): Origins {
  const own = new URL(publicUrl);
  const accepted = new Set([own.origin, ...allowed]);
  const applications = new Set(allowed.filter((origin) => isApplication(origin, own.hostname)));
  return {
    allowed,
    check({ method, headers }) {
      if (safeMethods.has(method)) return;
      const { origin, 'sec-fetch-site': site } = headers;
      if (origin === undefined && (site === undefined || site === 'none')) return;
      if (site === 'same-origin') return;
      if (origin === undefined || !accepted.has(origin)) throw refusalOf(origin);
    },
    senderOf({ headers: { origin, 'sec-fetch-site': site } }) {
      if (origin !== undefined && applications.has(origin)) return 'application';
      return origin === undefined && site === undefined ? 'program' : 'page';
    },
  };
}

/** Names the origin that would have to be allowed, if it is plainly one, and nothing else that was sent. */
function refusalOf(origin = ''): AppError {
  const plain =
    origin.length <= 255 && origin === origin.toLowerCase() && faultOfOrigin(origin) === undefined;
  if (plain) {
    return new AppError('WRONG_ORIGIN', {
      detail: `The origin ${origin} is not allowed: it is not that of LATCHKEY_PUBLIC_URL, and not in LATCHKEY_ALLOWED_ORIGINS.`,
    });
  }
  if (origin !== 'null') return new AppError('WRONG_ORIGIN');
  return new AppError('WRONG_ORIGIN', {
    detail:
      'The page does not tell its origin (`Origin: null`): it is in a sandbox, is a local file, or sends no referrer.',
  });
}
