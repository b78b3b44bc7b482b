/** A service that looks each session up in Redis: ioredis as it is by default, one GET, and the session out of its JSON. */
import { Redis } from 'ioredis';
import { serveChecks } from '../check-service.ts';

const redis = new Redis(Number(process.env.PORT), '127.0.0.1');
// Told of each attempt while Redis is away; the command in hand says it as well.
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
