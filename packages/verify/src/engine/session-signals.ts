import type { TokenSubject, Verdict } from '../replica/state.ts';

/**
 * Why a session's signal fired. `reason` is the word of the log, such as `signout`, or `unknown` if the log does not
 * tell.
 */
export class SessionEnded extends Error {
  override readonly name = 'SessionEnded';
  readonly sessionId: string;
  readonly reason: string;

  constructor(sessionId: string, reason: string) {
    super(`The session has ended (${reason})`);
    this.sessionId = sessionId;
    this.reason = reason;
  }
}

interface Watched {
  readonly controller: AbortController;
  subject: TokenSubject;
}

/**
 * The abort signals of live sessions, one for each session whose signal was read. A signal is held until its session
 * ends or the verifier closes, so a listener on it is never lost.
 */
export class SessionSignals {
  readonly #watched = new Map<string, Watched>();
  readonly #check: (subject: TokenSubject) => Verdict | undefined;

  constructor(check: (subject: TokenSubject) => Verdict | undefined) {
    this.#check = check;
  }

  get size(): number {
    return this.#watched.size;
  }

  get(subject: TokenSubject): AbortSignal {
    if (this.#check(subject)?.action === 'reject') {
      return AbortSignal.abort(new SessionEnded(subject.sid, 'ended'));
    }
    const watched = this.#watched.get(subject.sid);
    if (watched === undefined) {
      const controller = new AbortController();
      this.#watched.set(subject.sid, { controller, subject });
      return controller.signal;
    }
    // The session goes on with the renewed token.
    if (subject.rev > watched.subject.rev) watched.subject = subject;
    return watched.controller.signal;
  }

  end(sessionId: string, reason: string): void {
    // A verifier that starts hears of up to a million ended sessions, and has no signals yet.
    if (this.#watched.size === 0) return;
    const watched = this.#watched.get(sessionId);
    if (watched === undefined) return;
    this.#watched.delete(sessionId);
    watched.controller.abort(new SessionEnded(sessionId, reason));
  }

  /** After entries about more than one session: ends each session that is refused now. */
  review(reason: string): void {
    for (const [sessionId, { subject }] of this.#watched) {
      if (this.#check(subject)?.action === 'reject') this.end(sessionId, reason);
    }
  }

  /** Ends each session that may have ended before `position`, in a part of the log that nobody can read any more. */
  endBefore(position: number): void {
    for (const [sessionId, { subject }] of this.#watched) {
      if (subject.rev < position) this.end(sessionId, 'unknown');
    }
  }

  clear(): void {
    this.#watched.clear();
  }
}
