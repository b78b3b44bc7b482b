import type { Context, Transaction } from '../../kernel/context.ts';
import { parseAccountId } from '../../kernel/ids.ts';
import { appendEntries } from '../../log/append-entries.ts';
import type { Parameters, Section } from './settings.ts';

/**
 * Gives a section that the transaction holds new parameters. Where they differ and the section is an account's, its
 * sessions show them from now on, and the log says so. Call it as the transaction's last step.
 */
export async function writeSection(
  ctx: Context,
  tx: Transaction,
  present: Section,
  parameters: Parameters,
): Promise<Section> {
  const same = JSON.stringify(parameters) === JSON.stringify(present.parameters);
  if (same && present.updateTime !== undefined) return present;
  const section = { id: present.id, parameters, updateTime: ctx.clock.now() };
  await tx.settings.update(section);
  const user = parseAccountId(section.id);
  if (user !== undefined && !same) {
    await appendEntries(ctx, tx, [{ subject: { user }, action: 'refresh', reason: 'settings-changed' }]);
  }
  return section;
}
