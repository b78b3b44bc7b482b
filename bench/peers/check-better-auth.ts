/**
 * A service with better-auth in its own process, on the issuer's secret and database. It calls `auth.api.getSession` with
 * the caller's cookies, without HTTP: the shortest way there is.
 */
import { betterAuth } from 'better-auth';
import { serveChecks } from '../story/serve-checks.ts';
import { betterAuthSetup } from './better-auth-setup.ts';

const { database, options } = betterAuthSetup(process.env);
const auth = betterAuth(options);
serveChecks<Headers>({
  prepare: ({ cookie }) => new Headers({ cookie }),
  check: (headers) => auth.api.getSession({ headers }),
  refuses: () => false,
  asked: () => database.statements,
});
