import { hash } from 'node:crypto';
import type { Row, Table } from '../sql/held-database.ts';

/** How many rows a table has, and what is in them. */
export interface RowSum {
  readonly rows: number;
  /** The same for the same rows in any order. */
  readonly digest: string;
}

/** Adds up the SHA-256 of rows, so that two databases can be compared whose orders differ. */
export function createRowSum({ columns }: Table): { add(rows: readonly Row[]): void; result(): RowSum } {
  const names = columns.map(({ name }) => name);
  let count = 0;
  let [low, high] = [0n, 0n];
  return {
    add(rows) {
      for (const row of rows) {
        const bytes = hash('sha256', JSON.stringify(names.map((name) => row[name])), 'buffer');
        low = BigInt.asUintN(64, low + bytes.readBigUInt64LE(0));
        high = BigInt.asUintN(64, high + bytes.readBigUInt64LE(8));
      }
      count += rows.length;
    },
    result: () => ({ rows: count, digest: `${high.toString(16)}.${low.toString(16)}` }),
  };
}
