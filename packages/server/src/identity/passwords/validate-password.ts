import type { Context } from '../../kernel/context.ts';
import { checkNewPassword, type PasswordOwner } from './check-new-password.ts';

/**
 * Checks whether somebody with this login and name may choose the password. Throws what `checkNewPassword`
 * throws.
 */
export function validatePassword(ctx: Context, input: PasswordOwner & { readonly password: string }): void {
  checkNewPassword(input.password, ctx.policy.passwordMinLength, input);
}
