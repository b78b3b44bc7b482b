/**
 * better-auth with many sessions stored. Its cookie cache is off (the default), so that get-session reads the store, as
 * ours does. Sessions are written by SQL, under accounts that signed up over its API.
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { BetterAuthReady } from '../rows/current-session.ts';
import { startBetterAuth } from './better-auth-setup.ts';

const ACCOUNTS = 100;
const sessions = Number(process.env.SESSIONS);
const wanted = Number(process.env.COOKIES);
const secret = randomBytes(32).toString('base64');
const { port, auth, database } = await startBetterAuth({ DATABASE: process.env.DATABASE, SECRET: secret });
process.once('disconnect', () => process.exit(0));
process.send?.({ port, cookies: await seed() } satisfies BetterAuthReady);

/** Writes the sessions. Cookies of some, spread over all of them. */
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
