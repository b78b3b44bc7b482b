/** The better-auth of the `story` row that people sign in to. */
import { startBetterAuth } from './better-auth-setup.ts';

const { url } = await startBetterAuth(process.env);
process.once('disconnect', () => process.exit(0));
process.send?.(url);
