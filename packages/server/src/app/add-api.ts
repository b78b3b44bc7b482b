import type { FastifyInstance } from 'fastify';
import { accountRoutes } from '../api/accounts/routes.ts';
import { authRoutes } from '../api/auth/routes.ts';
import type { HttpContext } from '../api/context.ts';
import { type Discovery, discoveryRoutes } from '../api/discovery-routes.ts';
import { emailSettingsRoutes } from '../api/email-settings/routes.ts';
import { followerRoutes } from '../api/followers/routes.ts';
import { importExportRoutes } from '../api/import-export/routes.ts';
import { invitationRoutes } from '../api/invitations/routes.ts';
import { siteInvitationRoutes } from '../api/invitations/site-routes.ts';
import { logRoutes } from '../api/log/routes.ts';
import { addPages } from '../api/pages/pages.ts';
import { passwordRoutes } from '../api/passwords/routes.ts';
import { roleRoutes } from '../api/roles/routes.ts';
import { type Route, registerRoutes } from '../api/route.ts';
import { sessionDataRoutes } from '../api/sessions/data-routes.ts';
import { sessionRoutes } from '../api/sessions/routes.ts';
import { settingsRoutes } from '../api/settings/routes.ts';
import { siteRoutes } from '../api/sites/routes.ts';
import { siteUserRoutes } from '../api/sites/user-routes.ts';
import { addDocs } from '../http/docs.ts';
import { addFrontPage } from '../http/front-page.ts';
import type { FeedStreams } from '../log/feed-streams.ts';

/** All routes, by the tag that groups them in the API reference. */
function allRoutes(streams: FeedStreams, discovery: Discovery): Readonly<Record<string, readonly Route[]>> {
  return {
    sessions: [...sessionRoutes, ...sessionDataRoutes],
    accounts: [...accountRoutes, ...importExportRoutes],
    passwords: passwordRoutes,
    roles: roleRoutes,
    sites: [...siteRoutes, ...siteUserRoutes],
    invitations: [...siteInvitationRoutes, ...invitationRoutes],
    settings: settingsRoutes,
    email_settings: emailSettingsRoutes,
    auth: authRoutes,
    revocations: [...logRoutes(streams), ...followerRoutes],
    discovery: discoveryRoutes(discovery),
  };
}

/** Adds the routes, the API reference and the pages. */
export async function addApi(
  server: FastifyInstance,
  ctx: HttpContext,
  streams: FeedStreams,
  discovery: Discovery,
): Promise<void> {
  // In a plugin of their own: the OpenAPI document has only routes that are added after its plugin.
  await server.register(async (scope) => {
    for (const [tag, routes] of Object.entries(allRoutes(streams, discovery))) {
      registerRoutes(scope, ctx, tag, routes);
    }
    addDocs(scope, ctx.publicUrl);
    addFrontPage(scope, ctx.publicUrl);
    addPages(scope);
  });
}
