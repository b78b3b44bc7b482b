/**
 * A service that has better-auth with the issuer's secret and database in its own process and calls it without HTTP,
 * which is the shortest way there is: `auth.api.getSession` with the caller's cookies.
 */
import { betterAuth } from 'better-auth';
import { serveChecks } from '../check-service.ts';
import { betterAuthSetup } from './better-auth-options.ts';

const { database, options } = betterAuthSetup(process.env);
const auth = betterAuth(options);
serveChecks<Headers>({
  prepare: ({ cookie }) => new Headers({ cookie }),
  check: (headers) => auth.api.getSession({ headers }),
  refuses: () => false,
  asked: () => database.statements,
});
