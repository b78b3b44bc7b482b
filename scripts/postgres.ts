import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from './free-port.ts';

/** A throw-away PostgreSQL server in a temporary folder. */
export interface Cluster {
  /** The URL of its superuser, on the database `postgres`. */
  readonly url: string;
  /** Makes an empty database. Resolves to its URL. */
  createDatabase(name: string): Promise<string>;
  /** Starts it again after `kill`. */
  start(): Promise<void>;
  /** Sends the postmaster a signal: SIGQUIT ends it at once, without a checkpoint. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Stops it and removes its folder. */
  remove(): Promise<void>;
}

/** What a cluster may have besides. */
export interface ClusterOptions {
  /** Files of its data folder, by their names: such as those of TLS. */
  readonly files?: Readonly<Record<string, string>>;
  /** As in postgresql.conf. */
  readonly settings?: readonly string[];
  /** Lines of pg_hba.conf before the others. */
  readonly hba?: readonly string[];
  /**
   * The URL of a running cluster to copy, with its password. The copy can only be read, and stays as it is: a standby
   * that is behind, until `select pg_promote()`.
   */
  readonly copyOf?: string;
}

/** Makes a cluster from the binaries of this machine and starts it on a free port of the loopback address. */
export async function startCluster(more: ClusterOptions = {}): Promise<Cluster> {
  const binaries = findBinaries() ?? install();
  const owner = unprivilegedUser();
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-postgres-'));
  const data = join(folder, 'data');
  const { copyOf } = more;
  const password = copyOf === undefined ? randomBytes(16).toString('hex') : new URL(copyOf).password;
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (owner.uid !== undefined)
    for (const path of [folder, passwordFile]) chownSync(path, owner.uid, owner.gid!);
  const options: SpawnOptions = { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] };

  const identity = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  const [program, ...args] =
    copyOf === undefined
      ? ['initdb', `--pgdata=${data}`, ...identity, '--encoding=UTF8', '--locale=C', '--no-sync']
      : ['pg_basebackup', `--pgdata=${data}`, `--dbname=${copyOf}`, '--checkpoint=fast', '--no-sync'];
  const made = spawnSync(join(binaries, program!), args, { ...options, encoding: 'utf8' });
  if (made.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`${program} failed: ${made.error?.message ?? made.stderr}`);
  }

  const port = await freePort();
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  const settings = [
    ...['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=300'],
    ...(more.settings ?? []),
  ];
  const hbaFile = join(data, 'pg_hba.conf');
  const hba = `${(more.hba ?? []).join('\n')}\n${readFileSync(hbaFile, 'utf8')}`;
  const standby = copyOf === undefined ? {} : { 'standby.signal': '' };
  for (const [name, text] of Object.entries({ ...more.files, ...standby, 'pg_hba.conf': hba })) {
    writeFileSync(join(data, name), text, { mode: 0o600 });
    if (owner.uid !== undefined) chownSync(join(data, name), owner.uid, owner.gid!);
  }
  let server: ChildProcess | undefined;

  async function start() {
    const started = spawn(
      join(binaries, 'postgres'),
      ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
      options,
    );
    let log = '';
    started.stderr!.on('data', (chunk: Buffer) => {
      log = (log + chunk).slice(-4000);
    });
    server = started;
    while (!(await answers(url))) {
      if (started.exitCode !== null) throw new Error(`PostgreSQL did not start: ${log}`);
      await sleep(25);
    }
  }

  async function kill(signal: NodeJS.Signals) {
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, 'exit');
    server.kill(signal);
    await exited;
  }

  const removeNow = () => {
    server?.kill('SIGQUIT');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  };
  process.once('exit', removeNow);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, exitUnlessHandled);
  await start();

  return {
    url,
    async createDatabase(name) {
      const client = new pg.Client(url);
      await client.connect();
      await client.query(`create database ${pg.escapeIdentifier(name)}`);
      await client.end();
      return Object.assign(new URL(url), { pathname: `/${name}` }).href;
    },
    start,
    kill,
    async remove() {
      await kill('SIGQUIT');
      removeNow();
      process.off('exit', removeNow);
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, exitUnlessHandled);
    },
  };
}

/** Exits, so that the exit handlers run, unless others handle the signal: a process that a signal ends runs none. */
function exitUnlessHandled(signal: NodeJS.Signals): void {
  if (process.listeners(signal).every((listener) => listener === exitUnlessHandled)) process.exit(130);
}

/** The folder of the newest binaries, as Debian lays them out, else of those on the path. */
function findBinaries(): string | undefined {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(root, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

/** Installs PostgreSQL where that is allowed. Throws an Error that says what to do otherwise. */
function install(): string {
  const debian = existsSync('/etc/debian_version');
  if (process.getuid?.() === 0 && debian) {
    const options = {
      stdio: ['ignore', 2, 2] as const,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    };
    spawnSync('apt-get', ['update'], { ...options, stdio: ['ignore', 2, 2] });
    spawnSync('apt-get', ['install', '-y', 'postgresql'], { ...options, stdio: ['ignore', 2, 2] });
  }
  const binaries = findBinaries();
  if (binaries === undefined) {
    throw new Error(
      'The tests need PostgreSQL: install it (on Debian: apt-get install postgresql), or set LATCHKEY_TEST_POSTGRES_URL to a server on which they may create databases.',
    );
  }
  return binaries;
}

/** Whom to run PostgreSQL and PgBouncer as, which refuse to run as root. Empty when this is not root. */
export function unprivilegedUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const user = ['postgres', 'nobody'].map((name) => users.find((fields) => fields[0] === name)).find(Boolean);
  if (user === undefined)
    throw new Error('The tests run as root, and there is no user postgres or nobody to run PostgreSQL as.');
  return { uid: Number(user[2]), gid: Number(user[3]) };
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}
