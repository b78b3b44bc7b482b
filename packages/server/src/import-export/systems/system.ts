import type { Json } from '@latchkey/verify/internal';
import type { ForeignHash } from '../../kernel/ports.ts';
import type { LeftOut } from '../account-line.ts';
import type { NoteKind } from '../notes.ts';
import type { Fields } from './fields.ts';

/** An account as another system knows it. Nothing of it is checked. */
export interface ForeignAccount {
  /** The id there: kept in `custom_hdr`. */
  readonly id?: string | undefined;
  /** What the person signs in with, where that is not the address. */
  readonly username?: string | undefined;
  readonly email?: string | undefined;
  readonly verified?: boolean | undefined;
  /** The first that is not empty is the name. */
  readonly names?: readonly (string | undefined)[];
  readonly active?: boolean | undefined;
  /** Unix milliseconds. */
  readonly createTime?: number | undefined;
  readonly language?: string | undefined;
  readonly timeZone?: string | undefined;
  /** Where there are several, the first that can be used counts. */
  readonly hash?: string | ForeignHash | readonly string[] | undefined;
  readonly roles?: readonly string[] | undefined;
  /** What the person could write there: kept in `custom_dat`. */
  readonly data?: Readonly<Record<string, Json>> | undefined;
  readonly phone?: string | undefined;
  /** Whom else the account was signed in with. */
  readonly providers?: readonly string[] | undefined;
  /** What else it had that does not come along. */
  readonly lost?: readonly (NoteKind | false | undefined)[];
}

/** What a record is read with, besides itself. */
export interface Surroundings {
  /** Unix milliseconds. */
  readonly now: number;
  /** What the second table holds for that key. */
  readonly second: (key: string | undefined) => readonly Json[];
  /** The parameters of the hashes that are not in the file. */
  readonly hashParameters: Readonly<Record<string, unknown>> | undefined;
}

/** A table that belongs to the accounts: in a file of its own, or in the same one. */
export interface SecondTable {
  /** What it holds, for the command line. */
  readonly what: string;
  /** The member of a JSON document that holds it. */
  readonly list?: string;
  /** Whether its rows may stand among those of the accounts. */
  readonly isAmong?: boolean;
  /** The key of a row and what of it is needed; undefined for a row of another table. */
  read(fields: Fields): readonly [key: string, value: Json] | undefined;
}

/** How the exports of another system are read. */
export interface ForeignSystem {
  readonly title: string;
  /** The members of a JSON document that hold its accounts, in any case. */
  readonly lists?: readonly string[];
  /** The columns of CSV that has no header. The first of them begins a header. */
  readonly columns?: readonly string[];
  /** Whether its exports are LDIF. */
  readonly isLdif?: boolean;
  readonly second?: SecondTable;
  /** Where parameters of its hashes stand that are not in the export, and whether no hash can do without. */
  readonly hashConfig?: { readonly where: string; readonly isNeeded: boolean };
  read(fields: Fields, surroundings: Surroundings): ForeignAccount | LeftOut;
}
