/** The person who signs in. */
export interface TestSessionOptions {
  /** A new person by default: 1, 2, 3, … */
  readonly userId?: number;
  /** No roles by default; a role on a site is `<siteId>:<role>`. */
  readonly roles?: readonly string[];
  /** When the person last proved presence, in Unix seconds; now by default. */
  readonly authTime?: number;
  /** How the person signed in (RFC 8176); `['pwd']` by default. */
  readonly amr?: readonly string[];
}

/** Claims that replace those of a token, to see what becomes of a strange one. */
export type TestClaims = Readonly<Record<string, unknown>>;

/** A session, and what its client sends. */
export interface TestSession {
  readonly userId: number;
  /** The public id. */
  readonly sessionId: string;
  /** The token, for `authenticate` and for `Bearer`. It lives for 300 s of the test's clock. */
  readonly token: string;
  /** The session credential, for `authenticate` and as the value of the session cookie. */
  readonly cookie: string;
  /** Token and cookie as header fields of a request. */
  readonly headers: { readonly authorization: string; readonly cookie: string };
  /** What a browser sends when the person opens a page: the cookie without the token. */
  readonly pageHeaders: Readonly<Record<string, string>>;
  /** The same session with a new token, as WhoAmI gives it; with other roles if they are given. */
  renew(changes?: Pick<TestSessionOptions, 'roles' | 'authTime'>): TestSession;
  /** The same session with a well-signed token in which these claims replace the good ones. */
  withClaims(claims: TestClaims): TestSession;
  /** Ends the session. Resolves when every verifier refuses it. */
  end(reason?: string): Promise<void>;
}
