import { invalidField } from './errors.ts';

const maxBytes = 8192;

/** Refuses an object of more than 8 KiB of JSON. Throws INVALID_DATA. */
export function checkJsonSize(field: string, value: Readonly<Record<string, unknown>> | undefined): void {
  if (value !== undefined && Buffer.byteLength(JSON.stringify(value)) > maxBytes) {
    throw invalidField(field, `must be at most ${maxBytes} bytes of JSON`);
  }
}
