// A service as it should be written to be testable: the verifier comes in from outside.
import type { Verifier } from '@latchkey/verify';
import { requireFresh, requireRole, requireSession } from '@latchkey/verify/express';
import express, { type Express } from 'express';

/** Orders of sites. main.ts would call it with `createVerifier({ issuer, serviceKey })`. */
export function createApp(verifier: Verifier): Express {
  const app = express();
  app.use(requireSession(verifier));
  app.get('/me', (req, res) => {
    res.json({ userId: req.auth?.userId });
  });
  app.get('/sites/:site_id/orders', requireRole('site:manager', { site: 'site_id' }), (req, res) => {
    res.json({ site: req.params.site_id, orders: ['Two mugs'] });
  });
  app.delete('/orders', requireFresh('5m'), (_req, res) => {
    res.status(204).end();
  });
  return app;
}
