/**
 * better-auth with e-mail and password on node:sqlite, its own handler on node:http. Its cookie cache is off
 * (the default), so that get-session reads the store, as ours does; its rate limit and telemetry are off too.
 * WAL and synchronous as in Latchkey. Sessions are written by SQL under accounts that signed up over its API.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import type { BetterAuthReady } from '../rows/current-session.ts';

const ACCOUNTS = 100;
const sessions = Number(process.env.SESSIONS);
const wanted = Number(process.env.COOKIES);
const database = new DatabaseSync(process.env.DATABASE!);
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000');

const secret = randomBytes(32).toString('base64');
const server = createServer();
server.listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const { port } = server.address() as AddressInfo;

const options = {
  database,
  secret,
  baseURL: `http://127.0.0.1:${port}`,
  emailAndPassword: { enabled: true },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  session: { cookieCache: { enabled: false } },
} as const;
await (await getMigrations(options)).runMigrations();
const auth = betterAuth(options);
server.on('request', toNodeHandler(auth));

process.once('disconnect', () => process.exit(0));
process.send?.({ port, cookies: await seed() } satisfies BetterAuthReady);

async function seed(): Promise<string[]> {
  const users: string[] = [];
  for (let n = 0; n < ACCOUNTS; n++) {
    const body = { name: `User ${n}`, email: `user${n}@example.com`, password: 'correct horse battery' };
    users.push((await auth.api.signUpEmail({ body })).user.id);
  }
  const insert = database.prepare(
    `INSERT INTO session (id, userId, token, expiresAt, createdAt, updatedAt, ipAddress, userAgent)
     VALUES (?, ?, ?, ?, ?, ?, '127.0.0.1', 'bench')`,
  );
  const now = new Date();
  const expires = new Date(now.getTime() + 7 * 86_400_000).toISOString();
  const tokens = Array.from({ length: sessions }, () => randomBytes(24).toString('base64url'));
  database.exec('BEGIN');
  tokens.forEach((token, n) => {
    const id = randomBytes(24).toString('base64url');
    insert.run(id, users[n % ACCOUNTS]!, token, expires, now.toISOString(), now.toISOString());
  });
  database.exec('COMMIT');
  const step = Math.max(1, Math.floor(sessions / wanted));
  return tokens
    .filter((_, n) => n % step === 0)
    .slice(0, wanted)
    .map((token) => {
      const signature = createHmac('sha256', secret).update(token).digest('base64');
      return `better-auth.session_token=${encodeURIComponent(`${token}.${signature}`)}`;
    });
}
