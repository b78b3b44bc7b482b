import type { TokenAnswer } from './held-token.ts';

/** What an answer says about the caller's own session. */
export type SessionChange =
  | { readonly kind: 'opened'; readonly credential?: string; readonly token?: TokenAnswer }
  | { readonly kind: 'closed'; readonly credential?: undefined };

const credentialForm = /(?<![\w-])[\w-]{22}\.[\w-]{43}(?![\w-])/;

const closing = /^\/(?:api\/v1\/signout|auth\/logout)$/;
const opening = /^\/(?:auth\/login|api\/v1\/(?:signup|signin|passwords\/[^/]+\/change))$/;

/** Whether a successful POST to this path opens a session. */
export const mayOpenSession = (path: string): boolean => opening.test(path);

/** The change of session that a successful POST to this path makes, if any. Leaves the answer's body unread. */
export async function sessionChange(path: string, answer: Response): Promise<SessionChange | undefined> {
  if (closing.test(path)) return { kind: 'closed' };
  if (!mayOpenSession(path)) return undefined;
  const body = (await answer.clone().json()) as {
    readonly id?: string;
    readonly cookie?: string;
  } & TokenAnswer;
  // The credential is in the cookie, which a script in a page cannot see. The facade also sends it as the id, except to
  // web pages. Where there is no cookie, Login sends it, too.
  const told = [...answer.headers.getSetCookie(), body.id ?? '', body.cookie ?? ''].join(' ');
  const credential = credentialForm.exec(told)?.[0];
  return {
    kind: 'opened',
    ...(credential !== undefined && { credential }),
    ...(path === '/auth/login' && { token: body }),
  };
}
