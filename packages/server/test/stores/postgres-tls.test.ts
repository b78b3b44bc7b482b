import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { type Cluster, startCluster } from '../../../../scripts/postgres.ts';
import { openStore } from '../../src/adapters/store/open-store.ts';
import { makeDatabase } from '../support/stores.ts';

const openssl = 'openssl';

/** A certificate for localhost by an authority of its own, and that of another authority. */
function makeCertificates(folder: string): void {
  const run = (...args: string[]) => {
    const { status, stderr } = spawnSync(openssl, args, { cwd: folder, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  };
  const fresh = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  for (const name of ['ca', 'other'])
    run('req', '-x509', ...fresh, '-keyout', `${name}.key`, '-out', `${name}.crt`, '-subj', `/CN=${name}`);
  run('req', ...fresh, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=localhost');
  run(
    ...['x509', '-req', '-in', 'server.csr', '-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial'],
    ...['-out', 'server.crt', '-days', '30'],
  );
}

describe('a PostgreSQL server with TLS, by an authority of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-tls-'));
  let cluster: Cluster;
  let admin: pg.Client;
  before(async () => {
    makeCertificates(folder);
    chmodSync(folder, 0o777);
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    cluster = await startCluster({
      files: { 'server.crt': read('server.crt'), 'server.key': read('server.key') },
      settings: ['ssl=on', `unix_socket_directories=${folder}`],
      hba: ['hostnossl all tls_only all reject', 'host all open all trust'],
    });
    admin = new pg.Client(cluster.url);
    await admin.connect();
    await admin.query("create role tls_only superuser login password 'a'; create role open superuser login");
  });
  after(async () => {
    await admin.end();
    await cluster.remove();
    rmSync(folder, { recursive: true });
  });

  let tried = 0;
  /** Whether the connections of a store by this URL are encrypted. Rejects as the store does. */
  async function isEncrypted(query: string, change: Partial<URL> = {}): Promise<boolean> {
    const url = Object.assign(new URL(cluster.url), { search: query }, change);
    // The server may still be ending the connections of the one before.
    tried += 1;
    url.searchParams.set('application_name', `tried-${tried}`);
    const store = await openStore(url.href);
    try {
      const { rows } = await admin.query(
        'select distinct ssl from pg_stat_ssl join pg_stat_activity using (pid) where application_name = $1',
        [`tried-${tried}`],
      );
      assert.equal(rows.length, 1);
      return rows[0].ssl;
    } finally {
      await store.close();
    }
  }

  const ca = join(folder, 'ca.crt');
  const tlsOnly = { username: 'tls_only', password: 'a' };

  test('is connected to as each sslmode says', async () => {
    const warnings: Error[] = [];
    const heard = (warning: Error) => warnings.push(warning);
    process.on('warning', heard);
    for (const [query, encrypted, change] of [
      ['', false],
      ['sslmode=disable', false],
      ['sslmode=allow', false],
      ['sslmode=allow', true, tlsOnly],
      ['sslmode=prefer', true],
      ['sslmode=require', true],
      ['sslmode=require', true, tlsOnly],
      ['sslmode=require&channel_binding=require', true],
      [`sslmode=require&sslrootcert=${ca}`, true],
      [`sslmode=verify-ca&sslrootcert=${ca}`, true],
      [`sslmode=verify-full&sslrootcert=${ca}`, true, { hostname: 'localhost' }],
      // A Unix socket has no TLS.
      [`sslmode=verify-full&host=${folder}`, false],
    ] as const)
      assert.equal(await isEncrypted(query, change), encrypted, query);
    process.off('warning', heard);
    assert.deepEqual(warnings, []);
  });

  test('is refused in words where it cannot be trusted', async () => {
    const other = join(folder, 'other.crt');
    for (const [query, reason, change] of [
      ['', /add sslmode=verify-full or sslmode=require/, tlsOnly],
      ['sslmode=verify-full', /authority of its certificate is not known: name it by sslrootcert/],
      [`sslmode=verify-full&sslrootcert=${ca}`, /certificate is for another name/],
      [`sslmode=verify-ca&sslrootcert=${other}`, /authority of its certificate is not known/],
      [`sslmode=require&sslrootcert=${other}`, /authority of its certificate is not known/],
      [
        'sslmode=require&channel_binding=require',
        /channel binding is not offered/,
        { username: 'open', password: '' },
      ],
      ['sslmode=require', /28P01.*Check the user and the password/, { password: 'hunter2' }],
    ] as const)
      await assert.rejects(isEncrypted(query, change), (error: Error) => {
        assert.equal(error.name, 'StoreError', String(error));
        assert.match(error.message, reason);
        assert.ok(!error.message.includes('hunter2'));
        return true;
      });
  });
});

test('a PostgreSQL server without TLS: prefer goes without, require says what to do', async (t) => {
  const { url } = await makeDatabase('postgres', (undo) => t.after(undo));
  await (await openStore(`${url}?sslmode=prefer`)).close();
  await assert.rejects(openStore(`${url}?sslmode=require`), {
    name: 'StoreError',
    message: /turn ssl on there/,
  });
});
