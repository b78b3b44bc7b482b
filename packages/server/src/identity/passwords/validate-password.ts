import type { Context } from '../../kernel/context.ts';
import { checkNewPassword, type PasswordOwner } from './check-new-password.ts';

/** Says whether the password would be taken for whoever has the login and name. Throws what `checkNewPassword` throws. */
export function validatePassword(ctx: Context, input: PasswordOwner & { readonly password: string }): void {
  checkNewPassword(input.password, ctx.policy.passwordMinLength, input);
}
