import type { Context, Transaction } from '../../kernel/context.ts';
import { parseAccountId } from '../../kernel/ids.ts';
import { appendEntries } from '../../log/append-entries.ts';
import type { Parameters, Section } from './settings.ts';

/**
 * Writes new parameters to a section that the transaction has locked; where they are the same, nothing is written. If it
 * is an account's, its sessions show them at once, and the log gets an entry. Call it as the transaction's last step.
 */
export async function writeSection(
  ctx: Context,
  tx: Transaction,
  present: Section,
  parameters: Parameters,
): Promise<Section> {
  if (JSON.stringify(parameters) === JSON.stringify(present.parameters)) return present;
  const section = { id: present.id, parameters, updateTime: ctx.clock.now() };
  await tx.settings.update(section);
  const user = parseAccountId(section.id);
  if (user !== undefined) {
    await appendEntries(ctx, tx, [{ subject: { user }, action: 'refresh', reason: 'settings-changed' }]);
  }
  return section;
}
