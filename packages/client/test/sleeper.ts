// A process that asks its client for a hundred tokens at every line, and tells which they are.
import { createInterface } from 'node:readline';
import { createClient } from '../src/index.ts';
import { countingFetch } from './support.ts';

const net = countingFetch();
const client = createClient({
  baseUrl: process.env.BASE_URL!,
  credential: process.env.CREDENTIAL!,
  fetch: net.fetch,
});
for await (const _ of createInterface(process.stdin)) {
  const tokens = new Set(await Promise.all(Array.from({ length: 100 }, () => client.token())));
  process.stdout.write(`${JSON.stringify({ tokens: [...tokens], asked: net.count('/auth/who-am-i') })}\n`);
}
