import type { Account } from '../../identity/accounts/account.ts';
import { queueMail } from '../../identity/mails/queue-mail.ts';
import type { Context, Transaction } from '../../kernel/context.ts';
import { emailKeyOf } from '../../kernel/email-address.ts';
import { given } from '../../kernel/given.ts';
import type { NewInvitation } from './store.ts';

export interface InvitationMail {
  readonly invitation: Pick<NewInvitation, 'id' | 'role' | 'inviteeName' | 'expireTime'>;
  readonly siteName: string;
  readonly email: string;
  readonly sender: Account;
  readonly code: string;
}

/**
 * Mails the code to the invitee, in the language of the account that has verified the address, otherwise in
 * the sender's.
 */
export async function mailInvitation(ctx: Context, tx: Transaction, mail: InvitationMail): Promise<void> {
  const { invitation, siteName, email, sender, code } = mail;
  const { id, role, inviteeName, expireTime } = invitation;
  const owners = await tx.emailSettings.listByEmail(emailKeyOf(email));
  const owner = owners.find(({ verified }) => verified);
  const link = ctx.links.toPage('invitation', { id, code });
  await queueMail(ctx, tx, {
    kind: 'invitation',
    to: email,
    proven: owner !== undefined,
    name: inviteeName || owner?.name || email,
    language: owner?.language ?? sender.language,
    values: { site: siteName, by: sender.name, role, link, code },
    ...given({ accountId: owner?.accountId, expireTime }),
  });
}
