import { connect, type Socket } from 'node:net';
import { quantile } from '../figures/stats.ts';
import type { LoadJob, LoadResult } from './loader.ts';
import { serveOrders } from './serve-orders.ts';

serveOrders(runLoad);

/** Free connections wait here for the next due request when the job has a rate. */
interface Pace {
  idle: Array<() => void>;
  due: number[];
  released: number;
}

async function runLoad(job: LoadJob): Promise<LoadResult> {
  const requests = job.requests.map((text) => Buffer.from(text));
  const sockets = await Promise.all(Array.from({ length: job.connections }, () => open(job.port)));
  const latencies: number[] = [];
  const bad = new Map<string, number>();
  const pace: Pace | undefined = job.rate === undefined ? undefined : { idle: [], due: [], released: 0 };
  const start = performance.now();
  const end = start + job.durationMs;
  let turn = 0;
  let first = 0;
  let last = 0;

  const connection = ({ socket, read }: Connection) =>
    new Promise<void>((resolve) => {
      let from = 0;
      let finished = false;
      const finish = () => {
        if (finished) return;
        finished = true;
        socket.destroy();
        resolve();
      };
      const fail = (what: string) => {
        bad.set(what, (bad.get(what) ?? 0) + 1);
        finish();
      };
      const send = (since: number) => {
        from = since;
        socket.write(requests[turn++ % requests.length]!);
      };
      const next = () => {
        const now = performance.now();
        if (now >= end) return finish();
        if (!pace) return send(now);
        const due = pace.due.shift();
        if (due !== undefined) return send(due);
        pace.idle.push(next);
      };
      read.with = answerReader((status, bodyLength) => {
        last = performance.now();
        first ||= last;
        latencies.push(last - from);
        if (status < 200 || status > 299) return fail(`status ${status}`);
        if (bodyLength < (job.minBody ?? 0)) return fail(`a body of ${bodyLength} bytes`);
        next();
      });
      socket.on('error', (error) => fail(error.message));
      socket.on('close', () => finished || fail('closed by the server'));
      next();
    });

  const done = Promise.all(sockets.map(connection));
  const clock = pace && setInterval(() => release(pace, job.rate!, start, end), 1);
  await done;
  clearInterval(clock);
  if (bad.size > 0) throw new Error([...bad].map(([what, n]) => `${n} x ${what}`).join(', '));
  if (latencies.length < 2) throw new Error('no answers');
  return {
    count: latencies.length,
    perSecond: ((latencies.length - 1) * 1000) / (last - first),
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    max: quantile(latencies, 1),
  };
}

/** Makes due what should have been sent by now, and wakes free connections for it. */
function release(pace: Pace, rate: number, start: number, end: number): void {
  const now = Math.min(performance.now(), end);
  const owed = Math.floor(((now - start) * rate) / 1000);
  for (; pace.released < owed; pace.released++) pace.due.push(start + (pace.released * 1000) / rate);
  const over = now >= end;
  while (pace.idle.length > 0 && (over || pace.due.length > 0)) pace.idle.shift()!();
}

interface Connection {
  socket: Socket;
  read: { with: (chunk: Buffer) => void };
}

/** `onread` hands out bytes without the stream machinery, which would cost more than all the rest here. */
function open(port: number): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const read: Connection['read'] = { with: () => {} };
    const onread = {
      buffer: Buffer.allocUnsafeSlow(65_536),
      callback(length: number, bytes: Uint8Array) {
        read.with((bytes as Buffer).subarray(0, length));
        return true;
      },
    };
    const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread });
    socket.once('connect', () => resolve({ socket, read }));
    socket.once('error', reject);
  });
}

const HEAD_END = Buffer.from('\r\n\r\n');
const CHUNKS_END = Buffer.from('0\r\n\r\n');
const LENGTH = /\r\ncontent-length: *(\d+)\r\n/i;
const CHUNKED = /\r\ntransfer-encoding: *chunked\r\n/i;

/** Calls back once per complete answer. There is never more than one on the way. */
function answerReader(answered: (status: number, bodyLength: number) => void) {
  let rest: Buffer | undefined;
  return (chunk: Buffer) => {
    const data = rest ? Buffer.concat([rest, chunk]) : chunk;
    rest = undefined;
    const headEnd = data.indexOf(HEAD_END);
    const bodyLength = data.length - headEnd - 4;
    if (headEnd >= 0 && isComplete(data, headEnd, bodyLength)) {
      answered((data[9]! - 48) * 100 + (data[10]! - 48) * 10 + data[11]! - 48, bodyLength);
    } else {
      rest = Buffer.from(data);
    }
  };
}

function isComplete(data: Buffer, headEnd: number, bodyLength: number): boolean {
  const head = data.toString('latin1', 0, headEnd + 2);
  const length = LENGTH.exec(head);
  if (length) return bodyLength >= Number(length[1]);
  if (CHUNKED.test(head))
    return data
      .subarray(headEnd + 4)
      .subarray(-CHUNKS_END.length)
      .equals(CHUNKS_END);
  return true; // 204, 304
}
