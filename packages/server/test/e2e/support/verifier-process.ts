// A verifier in a process of its own, which asks the server on one port, as a load balancer might send it there.
import { createVerifier } from '@latchkey/verify';

const { ISSUER = '', SERVER_PORT = '', SERVICE_KEY = '' } = process.env;
const verifier = createVerifier({
  issuer: ISSUER,
  serviceKey: SERVICE_KEY,
  fetch: (url, init) => {
    const there = new URL(url instanceof Request ? url.url : url);
    there.port = SERVER_PORT;
    return fetch(there, init);
  },
});
await verifier.ready();
process.send?.('ready');
process.once('disconnect', () => process.exit(0));
