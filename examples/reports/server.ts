// A service on Express that knows who is calling and what they may do, without asking Latchkey.
import { createVerifier } from '@latchkey/verify';
import { requireRole, requireSession } from '@latchkey/verify/express';
import express from 'express';

const ISSUER = process.env.ISSUER || 'http://localhost:8080';
const SERVICE_KEY = process.env.SERVICE_KEY || '';
const PORT = process.env.PORT || '8082';

if (SERVICE_KEY === '') fail(new Error('SERVICE_KEY is missing: latchkey services add reports prints one'));
const verifier = createVerifier({ issuer: ISSUER, serviceKey: SERVICE_KEY, logger: console });
await verifier.ready().catch(fail);

const app = express();
app.use(requireSession(verifier));

app.get('/reports', (req, res) => {
  res.json({ userId: req.auth?.userId, reports: ['Orders by month'] });
});

app.get('/reports/salaries', requireRole('admin'), (req, res) => {
  res.json({ userId: req.auth?.userId, reports: ['Salaries by year'] });
});

const server = app.listen(Number(PORT), 'localhost', (error) => {
  if (error !== undefined) fail(error);
  console.log(`reports: http://localhost:${PORT}/reports`);
});

/** Ends with a sentence, such as that the port is taken. */
function fail({ message }: Error): never {
  console.error(`reports: ${message}`);
  process.exit(1);
}

process.once('SIGTERM', () => {
  verifier.close();
  server.close();
});
