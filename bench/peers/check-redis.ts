/** A service that looks each session up in Redis: ioredis at its defaults, one GET, and the session out of its JSON. */
import { Redis } from 'ioredis';
import { serveChecks } from '../story/serve-checks.ts';

const redis = new Redis(Number(process.env.PORT), '127.0.0.1');
// Emitted for each attempt while Redis is away; the command that waits fails as well.
redis.on('error', () => {});
let commands = 0;
await redis.ping();
serveChecks<string>({
  prepare: ({ cookie }) => `session:${cookie}`,
  check: (key) => {
    commands++;
    return redis.get(key).then(sessionOf);
  },
  refuses: () => false,
  asked: () => commands,
});

function sessionOf(text: string | null): unknown {
  return text === null ? null : JSON.parse(text);
}
