/** Who signs in. */
export interface TestSessionOptions {
  /** By default somebody new: 1, 2, 3, … */
  readonly userId?: number;
  /** None by default; on a site `<siteId>:<role>`. */
  readonly roles?: readonly string[];
  /** Unix seconds of the last proof of presence; now by default. */
  readonly authTime?: number;
  /** How the person signed in (RFC 8176); `['pwd']` by default. */
  readonly amr?: readonly string[];
}

/** What a token may say instead: to see what becomes of a strange one. */
export type TestClaims = Readonly<Record<string, unknown>>;

/** A session, and what its client would send. */
export interface TestSession {
  readonly userId: number;
  /** The public id. */
  readonly sessionId: string;
  /** For `authenticate`, and behind `Bearer`. It lives for 300 s of the test's clock. */
  readonly token: string;
  /** The session credential: for `authenticate`, and the value of the session cookie. */
  readonly cookie: string;
  /** Both as the header fields of a request. */
  readonly headers: { readonly authorization: string; readonly cookie: string };
  /** The same session with a new token, as a client has it after WhoAmI; with other roles when they are given. */
  renew(changes?: Pick<TestSessionOptions, 'roles' | 'authTime'>): TestSession;
  /** The same session with a token in which these claims stand instead of the good ones, well signed. */
  withClaims(claims: TestClaims): TestSession;
  /** Ends the session; resolves when every verifier refuses it. */
  end(reason?: string): Promise<void>;
}
