import { invalidField } from './errors.ts';

/** The most bytes of an object that is kept as JSON. */
export const maxJsonBytes = 8192;

/** Refuses an object of more than 8 KiB of JSON. Throws INVALID_DATA. */
export function checkJsonSize(field: string, value: Readonly<Record<string, unknown>> | undefined): void {
  if (value !== undefined && Buffer.byteLength(JSON.stringify(value)) > maxJsonBytes) {
    throw invalidField(field, `must be at most ${maxJsonBytes} bytes of JSON`);
  }
}
