import type { JsonObject } from '@latchkey/verify/internal';

/** One record of a file, whatever its format. */
export interface Row {
  /** Where it begins, from 1. */
  readonly line: number;
  /** The text by which a later run recognises it. */
  readonly text: string;
  /** The list of a JSON document that it stands in, in lower case. */
  readonly list?: string | undefined;
  /** Throws INVALID_DATA. */
  members(): JsonObject;
}
