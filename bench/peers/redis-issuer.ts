/** Opens sessions in Redis (SET), and closes them (DEL); answers a closing with the moment at which it was answered. */
import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { sampleSession } from '../samples.ts';

const redis = new Redis(Number(process.env.PORT), '127.0.0.1');
redis.on('error', () => {});

process.on('message', async (order: 'open' | { close: string }) => {
  if (order === 'open') {
    const id = randomBytes(16).toString('base64url');
    await redis.set(`session:${id}`, JSON.stringify({ ...sampleSession, id }), 'EX', 3600);
    process.send?.(id);
  } else {
    const closed = await redis.del(`session:${order.close}`);
    const answeredAt = process.hrtime.bigint();
    process.send?.(closed === 1 ? String(answeredAt) : '');
  }
});
process.once('disconnect', () => process.exit(0));
await redis.ping();
process.send?.('ready');
