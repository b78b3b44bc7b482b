// A service on plain node:http that knows who is calling, without asking Latchkey.
import { createServer } from 'node:http';
import { createVerifier } from '@latchkey/verify';
import { requireSession } from '@latchkey/verify/node';

const ISSUER = process.env.ISSUER || 'http://localhost:8080';
const SERVICE_KEY = process.env.SERVICE_KEY || '';
const PORT = process.env.PORT || '8081';

if (SERVICE_KEY === '') fail(new Error('SERVICE_KEY is missing: latchkey services add orders prints one'));
const verifier = createVerifier({ issuer: ISSUER, serviceKey: SERVICE_KEY, logger: console });
await verifier.ready().catch(fail);

const guarded = requireSession(verifier);

const listOrders = guarded((_request, response, caller) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ userId: caller.userId, orders: ['A pound of coffee', 'Two mugs'] }));
});

const server = createServer((request, response) => {
  if (request.method === 'GET' && request.url === '/orders') return listOrders(request, response);
  response.writeHead(404).end();
});

server.once('error', fail);
server.listen(Number(PORT), 'localhost', () => console.log(`orders: http://localhost:${PORT}/orders`));

/** Ends with a sentence, such as that the port is taken. */
function fail({ message }: Error): never {
  console.error(`orders: ${message}`);
  process.exit(1);
}

process.once('SIGTERM', () => {
  verifier.close();
  server.close();
});
