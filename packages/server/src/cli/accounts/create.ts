import { createAccount } from '../../authentication/create-account.ts';
import { adminRole } from '../../identity/roles/role.ts';
import { type Command, UsageError } from '../frame/command.ts';
import { readPassword } from '../frame/read-password.ts';
import { accountSummary } from '../frame/show.ts';

export const command: Command = {
  usage: '[--admin] --name N [--login L] [--email E] --password-stdin',
  help: `Creates an account. The password comes from standard input; at a terminal, it is asked for. It cannot be an argument.

  printf %s "$PASSWORD" | latchkey accounts create --admin --login ada --name 'Ada Lovelace' --password-stdin

With --admin, the account is an administrator and may do everything. Without --login, the e-mail address is the login.`,
  creates: true,
  fields: { login: '--login', name: '--name', email: '--email', password: 'the password' },
  options: {
    admin: { type: 'boolean' },
    login: { type: 'string' },
    name: { type: 'string' },
    email: { type: 'string' },
    'password-stdin': { type: 'boolean' },
  },
  async run(call) {
    const [login, name, email] = [call.text('login'), call.text('name'), call.text('email')];
    if (name === undefined) throw new UsageError('--name is missing.');
    if (login === undefined && email === undefined) throw new UsageError('--login or --email is missing.');
    if (!call.flag('password-stdin'))
      throw new UsageError('--password-stdin is missing: the password comes from standard input.');
    call.config();
    const password = await readPassword(call.stdio);
    const account = await call.withContext(({ context }) =>
      createAccount(context, {
        name,
        password,
        roles: call.flag('admin') ? [adminRole] : [],
        ...(login !== undefined && { login }),
        ...(email !== undefined && { email }),
      }),
    );
    const roles = call.flag('admin') ? [adminRole] : [];
    call.answer({ ...accountSummary(account), roles }, [`Created the account ${account.id}.`]);
    return undefined;
  },
};
