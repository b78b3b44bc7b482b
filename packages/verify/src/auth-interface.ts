/** A token of the auth interface, in its own names. On the wire it is a JWT. */
export interface Token {
  readonly payload: {
    /** Unix seconds. */
    readonly expiresAt: number;
    readonly userId: number;
    /** The public id of the session. */
    readonly sessionId: string;
  };
  readonly signature: string;
}

/** The cookie of the auth interface, in its own names. On the wire it is the session credential. */
export interface Cookie {
  readonly sessionId: string;
  readonly signature: string;
}

/** A session has ended, in whatever way: the event on the topic Logout. */
export interface LogoutSessionEvent {
  readonly sessionId: string;
}
