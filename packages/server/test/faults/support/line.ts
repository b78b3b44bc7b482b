/** How a line treats what is sent over it. */
export type Manner =
  | 'pass'
  | 'hold'
  | 'dead'
  | 'delay'
  | 'duplicate'
  | 'reorder'
  | 'truncate'
  | 'lose-entries'
  | 'lose-log'
  | 'forget-place'
  | 'garble';

/** One direction of one connection. */
export interface Line {
  /** From now on; a line that is dead stays so. */
  set(manner: Manner, delay?: number): void;
  send(piece: Buffer): void;
  /** Nothing more comes: the end arrives after what was sent. */
  finish(): void;
}

const lost = { 'lose-entries': 'event: entries', 'lose-log': 'event: snapshot' };

/** A line to `deliver`, and `end` for its end. */
export function createLine(deliver: (piece: Buffer) => void, end: () => void): Line {
  let manner: Manner = 'pass';
  let delay = 0;
  let held: Buffer[] = [];
  let finished = false;
  // When what is late arrives: nothing overtakes it.
  let busyUntil = 0;

  function later(act: () => void): void {
    const at = performance.now();
    busyUntil = Math.max(busyUntil, at + (manner === 'delay' ? delay : 0));
    if (busyUntil <= at) act();
    else setTimeout(act, busyUntil - at).unref();
  }

  function release(): void {
    const pieces = held;
    held = [];
    for (const piece of pieces) later(() => deliver(piece));
    if (finished && manner !== 'hold' && manner !== 'dead') later(end);
  }

  return {
    set(next, milliseconds = 0) {
      if (manner === 'dead') return;
      manner = next;
      delay = milliseconds;
      if (manner === 'dead') held = [];
      else if (manner !== 'hold') release();
    },

    send(piece) {
      if (manner === 'pass' || manner === 'delay') later(() => deliver(piece));
      else if (manner === 'hold') held.push(piece);
      else if (manner === 'duplicate') deliver(Buffer.concat([piece, piece]));
      else if (manner === 'garble') deliver(garbled(piece));
      else if (manner === 'forget-place') deliver(withoutPlace(piece));
      else if (manner === 'lose-entries' || manner === 'lose-log') {
        if (!piece.includes(lost[manner])) deliver(piece);
      } else if (manner === 'truncate') {
        deliver(piece.subarray(0, piece.length >> 1));
        end();
      } else if (manner === 'reorder') {
        const before = held.pop();
        if (before === undefined) held.push(piece);
        else for (const each of [piece, before]) deliver(each);
      }
    },

    finish() {
      finished = true;
      release();
    },
  };
}

/** The head of a request without the field that says how far its reader has come. */
function withoutPlace(piece: Buffer): Buffer {
  return Buffer.from(piece.toString('latin1').replace(/^last-event-id:.*\r\n/im, ''), 'latin1');
}

/** A byte that UTF-8 does not have: an error that a connection without TLS can show. */
function garbled(piece: Buffer): Buffer {
  const copy = Buffer.from(piece);
  copy[Math.floor(Math.random() * copy.length)] = 0xff;
  return copy;
}
