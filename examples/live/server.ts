// Connections that last longer than a request, and end with the session: a WebSocket, and server-sent events.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createVerifier, type SessionEnded } from '@latchkey/verify';
import { requireSession } from '@latchkey/verify/node';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';

const { ISSUER = 'http://localhost:8080', SERVICE_KEY = '', PORT = '8084' } = process.env;

if (SERVICE_KEY === '') fail(new Error('SERVICE_KEY is missing: latchkey services add live prints one'));
const verifier = createVerifier({ issuer: ISSUER, serviceKey: SERVICE_KEY, logger: console });
await verifier.ready().catch(fail);

const showEvents = requireSession(verifier)((_request, response, { userId, signal }) => {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(`data: hello ${userId}\n\n`);
  const clock = setInterval(() => response.write(`data: ${new Date().toISOString()}\n\n`), 1000);
  const end = () => response.end(`event: end\ndata: ${(signal.reason as SessionEnded).reason}\n\n`);
  signal.addEventListener('abort', end);
  response.on('close', () => {
    clearInterval(clock);
    signal.removeEventListener('abort', end);
  });
});

const server = createServer((request, response) => {
  if (request.method === 'GET' && request.url === '/events') return showEvents(request, response);
  response.writeHead(404).end();
});

// A page cannot set the header of a WebSocket, so the token is the first message; the browser sends the cookie.
const sockets = new WebSocketServer({ server, path: '/socket', maxPayload: 16 * 1024 });
sockets.on('connection', (socket, request) => {
  const tooLate = setTimeout(() => socket.close(4401, 'no token'), 5000);
  socket.on('close', () => clearTimeout(tooLate));
  socket.once('message', (token) => {
    clearTimeout(tooLate);
    void welcome(socket, token, request);
  });
});

async function welcome(socket: WebSocket, token: RawData, request: IncomingMessage): Promise<void> {
  try {
    const { userId, signal } = await verifier.authenticate(String(token), cookieOf(request));
    const end = () => socket.close(4401, (signal.reason as SessionEnded).reason);
    signal.addEventListener('abort', end);
    socket.on('close', () => signal.removeEventListener('abort', end));
    socket.on('message', (text) => socket.send(`${userId} said ${text}`));
    socket.send(`hello ${userId}`);
  } catch (error) {
    const { code } = error as { readonly code: string };
    // Try again later, get a new token, or sign in again: the code tells the client which.
    socket.close(code === 'UNAVAILABLE' ? 1013 : 4401, code);
  }
}

/** The session cookie; undefined unless exactly one has a value. */
function cookieOf({ headers }: IncomingMessage): string | undefined {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const values = pairs.filter((pair) => /^x-session-id=./.test(pair));
  return values.length === 1 ? values[0]!.slice('x-session-id='.length) : undefined;
}

// A failure of the server is told to the sockets on it.
sockets.once('error', fail);
server.listen(Number(PORT), 'localhost', () => {
  console.log(`live: http://localhost:${(server.address() as AddressInfo).port}`);
});

/** Ends with a sentence, such as that the port is taken. */
function fail({ message }: Error): never {
  console.error(`live: ${message}`);
  process.exit(1);
}

process.once('SIGTERM', () => {
  verifier.close();
  for (const socket of sockets.clients) socket.close(1001, 'going away');
  sockets.close();
  server.close();
  server.closeAllConnections();
});
