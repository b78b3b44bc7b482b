import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { ForeignHash } from '../kernel/ports.ts';
import type { AccountLine } from './account-line.ts';

/** What an account gets of the hash that another system has of its password: it as it is stored here, or why not. */
export type TakenHash =
  | { readonly hash: string | undefined }
  /** The hash says that there is no password: nothing is lost. */
  | { readonly none: true }
  /** INVALID_DATA with what is wrong with it. */
  | { readonly unusable: AppError };

/** Takes over a hash from another system: of several the first that can be used. */
export function takeHash(ctx: Context, foreign: AccountLine['hash']): TakenHash {
  if (foreign === undefined) return { hash: undefined };
  const taken = [foreign].flat().map((hash) => takeOne(ctx, hash));
  return taken.find((it) => 'hash' in it) ?? taken.find((it) => 'unusable' in it) ?? { none: true };
}

function takeOne(ctx: Context, foreign: ForeignHash): TakenHash {
  if (ctx.hasher.hasNoPassword(foreign.hash)) return { none: true };
  try {
    return { hash: ctx.hasher.adopt(foreign) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { unusable: error };
  }
}
