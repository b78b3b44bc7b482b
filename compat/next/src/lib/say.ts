import type { Authenticated } from '@latchkey/verify';

/** A route handler that says who calls. */
export const say = (_request: Request, _context: unknown, caller: Authenticated | undefined) =>
  Response.json({ user: caller?.userId ?? null });
