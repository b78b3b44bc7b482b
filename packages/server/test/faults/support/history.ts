/** Whether a node can be reached: fully, in part or late, or not at all. */
export type Network = 'good' | 'poor' | 'cut';

/** What a check was answered. `untimely`: the token's own time has passed or not come, by one of two clocks. */
export type CheckAnswer = 'accepted' | 'refused' | 'stale' | 'untimely' | 'unavailable' | 'failed';

/**
 * Something that happened in a run. Times are milliseconds of the machine's monotonic clock, which all of its processes
 * share. `session` is a public id; `token` is a name of ours for one token of a session,
 * `<session>/<n>`, or for its credential without a token, `<session>/-`.
 */
export type Operation =
  /** A server or a verifier began; milliseconds without contact after which the verifier decides nothing. */
  | {
      readonly what: 'start';
      readonly node: string;
      readonly kind: 'server' | 'verifier';
      readonly at: number;
      readonly maxStaleness?: number;
    }
  /** From now on the node can be reached like this; `delay` is by how much what arrives is late, in milliseconds. */
  | {
      readonly what: 'network';
      readonly node: string;
      readonly state: Network;
      readonly at: number;
      readonly delay?: number;
    }
  /** Tokens were asked to end, by the closing of their session or because what they say has changed. */
  | {
      readonly what: 'end';
      readonly way: 'close' | 'change';
      readonly session: string;
      readonly tokens: readonly string[];
      readonly start: number;
      readonly end: number;
      readonly answer: 'done' | 'lost' | 'unavailable' | 'failed';
    }
  /** A token was shown to a node together with its credential. */
  | {
      readonly what: 'check';
      readonly node: string;
      readonly token: string;
      readonly start: number;
      readonly end: number;
      readonly answer: CheckAnswer;
      readonly reason?: string;
    }
  /** A token was shown together with the credential of another session. */
  | {
      readonly what: 'mixed';
      readonly node: string;
      readonly token: string;
      readonly start: number;
      readonly answer: CheckAnswer;
    }
  /** A verifier told its service that a session had ended. */
  | {
      readonly what: 'told';
      readonly node: string;
      readonly session: string;
      readonly seq: number;
      readonly at: number;
    }
  /** What the log held, and the sessions whose end each entry tells of. */
  | {
      readonly what: 'log';
      readonly at: number;
      readonly pruned: number;
      readonly head: number;
      readonly entries: readonly { readonly seq: number; readonly sessions: readonly string[] }[];
    }
  /** What the stream of a message carrier held, in its order, once it had come to rest. `id` is `<log>:<seq>:<n>`. */
  | {
      readonly what: 'stream';
      readonly at: number;
      readonly events: readonly { readonly id: string; readonly session: string }[];
    }
  /** A verifier logged something. Nothing is judged by it. */
  | { readonly what: 'note'; readonly node: string; readonly at: number; readonly text: string }
  /** The machine let a process of the run wait: nobody can be expected to be on time meanwhile. */
  | { readonly what: 'pause'; readonly from: number; readonly to: number };

export type Of<What extends Operation['what']> = Extract<Operation, { readonly what: What }>;

/** Now, by the clock of a history. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** The operations of one kind, in the order in which they were recorded. */
export function allOf<What extends Operation['what']>(
  history: readonly Operation[],
  what: What,
): readonly Of<What>[] {
  return history.filter((operation): operation is Of<What> => operation.what === what);
}

const late = 100;

/** Records when this process was not given the processor for longer than 100 ms; returns what stops it. */
export function recordPauses(record: (operation: Operation) => void): () => void {
  const every = 20;
  let last = now();
  const timer = setInterval(() => {
    const at = now();
    if (at - last > every + late) record({ what: 'pause', from: last + every, to: at });
    last = at;
  }, every);
  return () => clearInterval(timer);
}
