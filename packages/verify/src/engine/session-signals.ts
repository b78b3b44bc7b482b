import type { TokenSubject, Verdict } from '../replica/state.ts';

/** Why a session's signal fired: `reason` is the log's word, such as `signout`, or `unknown` where the log tells no more. */
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
 * The abort signals of live sessions, one per session whose signal was asked for. A signal is held
 * until its session ends or the verifier is closed, so that a listener on it is never lost.
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
    // A renewed token is what the session lives by now.
    if (subject.rev > watched.subject.rev) watched.subject = subject;
    return watched.controller.signal;
  }

  end(sessionId: string, reason: string): void {
    // A verifier that starts is told of a million ends, and has no signals yet.
    if (this.#watched.size === 0) return;
    const watched = this.#watched.get(sessionId);
    if (watched === undefined) return;
    this.#watched.delete(sessionId);
    watched.controller.abort(new SessionEnded(sessionId, reason));
  }

  /** After entries about more than one session: ends whatever is refused now. */
  review(reason: string): void {
    for (const [sessionId, { subject }] of this.#watched) {
      if (this.#check(subject)?.action === 'reject') this.end(sessionId, reason);
    }
  }

  /** Ends whatever may have ended in a part of the log before `position` that nobody can read any more. */
  endBefore(position: number): void {
    for (const [sessionId, { subject }] of this.#watched) {
      if (subject.rev < position) this.end(sessionId, 'unknown');
    }
  }

  clear(): void {
    this.#watched.clear();
  }
}
