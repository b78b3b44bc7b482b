import type { Transaction } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { adminRole } from './role.ts';

/** Throws CONFLICT when the account is the only active admin; else holds the admins until the transaction ends. */
export async function keepAnAdmin(tx: Transaction, leaving: AccountId): Promise<void> {
  const admins = await tx.roles.lockHolders(adminRole);
  if (admins.includes(leaving) && admins.length === 1) {
    throw new AppError('CONFLICT', { detail: 'At least one admin must remain.' });
  }
}
