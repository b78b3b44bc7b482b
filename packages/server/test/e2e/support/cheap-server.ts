// The server with password hashes that cost nearly nothing, so that a test can have many sign-ins in flight.
import { enableCompileCache } from 'node:module';

enableCompileCache();
const [{ createApp }, { loadConfig }] = await Promise.all([
  import('../../../src/app/create-app.ts'),
  import('../../../src/config/config.ts'),
]);
const config = loadConfig(process.env, { cwd: process.cwd() });
const app = await createApp(config, { hashParameters: { memory: 64, passes: 1, parallelism: 1 } });
await app.listen();
process.once('SIGTERM', () => void app.close());
