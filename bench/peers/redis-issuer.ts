/** Opens sessions in Redis (SET), and closes them (DEL), which is answered with the moment of Redis' own answer. */
import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { serveOrders } from '../load/serve-orders.ts';
import { sampleSession } from './samples.ts';

const redis = new Redis(Number(process.env.PORT), '127.0.0.1');
redis.on('error', () => {});

await redis.ping();
serveOrders((order: 'open' | { close: string }) => (order === 'open' ? open() : close(order.close)));

async function open(): Promise<string> {
  const id = randomBytes(16).toString('base64url');
  await redis.set(`session:${id}`, JSON.stringify({ ...sampleSession, id }), 'EX', 3600);
  return id;
}

async function close(id: string): Promise<string> {
  const closed = await redis.del(`session:${id}`);
  const answeredAt = process.hrtime.bigint();
  if (closed !== 1) throw new Error('Redis had no such session to delete');
  return String(answeredAt);
}
