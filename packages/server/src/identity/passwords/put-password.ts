import type { Transaction } from '../../kernel/context.ts';
import type { Password } from './password.ts';

/** Sets the password whatever it was, also where there was none. The transaction holds the account. */
export async function putPassword(tx: Transaction, password: Password): Promise<void> {
  const old = await tx.passwords.find(password.accountId);
  if (old === undefined) await tx.passwords.insert(password);
  else await tx.passwords.replace(password, old.hash);
}
