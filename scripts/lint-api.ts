/**
 * Checks the OpenAPI document of this checkout's server by Redocly's recommended rules, examples included; `npm run check`
 * runs it. Warnings fail, too.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadOpenApi } from './docs/openapi.ts';

// At its default settings a server is on localhost, which the rules refuse as the address of a published document.
const document = await loadOpenApi({ LATCHKEY_PUBLIC_URL: 'https://id.example.org' });
const folder = mkdtempSync(join(tmpdir(), 'latchkey-api-'));
try {
  const file = join(folder, 'openapi.json');
  writeFileSync(file, JSON.stringify(document, null, 2));
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const args = ['lint', file, '--extends', 'recommended-strict', '--format', 'stylish'];
  process.exitCode = spawnSync('redocly', args, { env, stdio: 'inherit' }).status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
