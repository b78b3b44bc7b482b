/** A process that uses a verifier and then has nothing left to do. It must end by itself. */
import { createVerifier } from '../src/index.ts';

const [issuer = '', serviceKey = ''] = process.argv.slice(2);
const verifier = createVerifier({ issuer, serviceKey });
await verifier.ready();
console.log('ready');
verifier.close();
