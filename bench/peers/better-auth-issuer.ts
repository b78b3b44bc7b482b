/** The better-auth of the `story` row that people sign in to, on node:http. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import { betterAuthSetup } from './better-auth-options.ts';

const server = createServer();
server.listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const { options } = betterAuthSetup({ ...process.env, URL: url });
await (await getMigrations(options)).runMigrations();
server.on('request', toNodeHandler(betterAuth(options)));
process.once('disconnect', () => process.exit(0));
process.send?.(url);
