import type pg from 'pg';
import type { DatabaseSize } from '../open-store.ts';

/** Fewer dead rows than this are nothing to speak of. */
const manyDead = 50_000;

interface Found {
  readonly table: string;
  readonly off: boolean;
  readonly live: number;
  readonly dead: number;
}

const ours = `n.nspname = current_schema() and c.relkind = 'r'
  and c.relname in ('accounts', 'passwords', 'sessions', 'log_entries', 'log_head', 'relay_backlog', 'followers', 'mails', 'codes', 'invitations', 'invitation_sends')`;

/** What keeps PostgreSQL from using the room of deleted rows again: a sentence each. */
export async function vacuumCautions(pool: pg.Pool): Promise<string[]> {
  const settings = await pool.query<{ off: boolean }>(
    "select current_setting('autovacuum') <> 'on' or current_setting('track_counts') <> 'on' as off",
  );
  const { rows } = await pool.query<Found>(
    `select c.relname as table, s.n_live_tup::float8 as live, s.n_dead_tup::float8 as dead,
      coalesce(c.reloptions && array['autovacuum_enabled=false', 'autovacuum_enabled=off', 'autovacuum_enabled=no', 'autovacuum_enabled=0'], false) as off
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_stat_all_tables s on s.relid = c.oid
    where ${ours} order by c.relname`,
  );
  const off = settings.rows[0]!.off;
  return [
    ...(off
      ? [
          'Autovacuum is off, so the tables only grow: set autovacuum and track_counts to on in postgresql.conf.',
        ]
      : []),
    ...rows.flatMap((found) => cautionsAbout(found)),
  ];
}

function cautionsAbout({ table, off, live, dead }: Found): string[] {
  const cautions: string[] = [];
  if (off) {
    cautions.push(
      `Autovacuum is off for the table ${table}, which only grows: ALTER TABLE ${table} RESET (autovacuum_enabled).`,
    );
  }
  if (dead > manyDead && dead > live) {
    cautions.push(
      `The table ${table} holds ${dead} dead rows beside ${live} live ones: autovacuum does not keep up, or something holds it back, such as an open transaction, a replication slot, or a standby with hot_standby_feedback.`,
    );
  }
  return cautions;
}

/** What the tables of the schema take, with their indexes. */
export async function sizeOf(pool: pg.Pool): Promise<DatabaseSize> {
  const { rows } = await pool.query<{ bytes: number }>(
    `select coalesce(sum(pg_total_relation_size(c.oid)), 0)::float8 as bytes
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = current_schema() and c.relkind = 'r'`,
  );
  return rows[0]!;
}
