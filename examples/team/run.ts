// The story of a team, with a real Latchkey and a real mail server: npx node examples/team/run.ts
import { type Client, createClient } from '@latchkey/client';
import { type MailServer, startMailServer } from '../support/mailbox.ts';
import { Processes } from '../support/processes.ts';

const processes = new Processes();
let mails: MailServer | undefined;
try {
  mails = await startMailServer();
  await tell(processes, mails);
  console.log('\nEverything has been stopped and removed.');
} catch (error) {
  console.error(`\nThe story failed: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  await processes.stop();
  await mails?.close();
}

/** Somebody with a browser of their own. */
interface Person {
  readonly client: Client;
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

async function tell(processes: Processes, mails: MailServer): Promise<void> {
  const { url } = await processes.startLatchkey({ LATCHKEY_SMTP_URL: mails.url });
  console.log(`Latchkey runs at ${url}, and mail goes out through ${mails.url}.\n`);

  const ada = await signUp(url, 'Ada', 'ada@example.com', 'quiet winter morning');
  const confirmation = await mails.next(ada.email);
  await dataOf(ada.client.POST('/api/v1/email_settings/verify', { body: codeOf(confirmation.given) }));
  console.log('Ada signs up, and confirms her address with the code that was mailed to her.');

  const site = await dataOf(ada.client.POST('/api/v1/sites', { body: { name: 'Analytical Engines' } }));
  const path = { site_id: site.id };
  const sites = { params: { path } };
  console.log(`She makes the site ${site.name}, whose admin she is now.`);

  const codes = new Map<string, string>();
  for (const [invitee_name, invitee_email] of [
    ['Ben', 'ben@example.com'],
    ['Cleo', 'cleo@example.com'],
  ] as const) {
    const body = { invitee_name, invitee_email, role: 'user' };
    await dataOf(ada.client.POST('/api/v1/sites/{site_id}/invitations', { ...sites, body }));
    const { subject, link, given } = await mails.next(invitee_email);
    expect((await fetch(link!)).status === 200, `the link to ${invitee_name} leads nowhere`);
    console.log(`She invites ${invitee_name}, who gets the mail "${subject}".`);
    codes.set(invitee_name, given.code!);
  }

  const ben = await signUp(url, 'Ben', 'ben@example.com', 'seventeen copper kettles', codes.get('Ben'));
  const user = { ...path, user_id: ben.id };
  expect((await rolesOf(ben)).includes(`${site.id}:user`), 'Ben is not on the site');
  console.log('\nBen signs up through the link: he is on the site, and his address is proven.');
  await dataOf(
    ada.client.PUT('/api/v1/sites/{site_id}/users/{user_id}', {
      params: { path: user },
      body: { roles: ['manager'] },
    }),
  );
  expect((await rolesOf(ben)).includes(`${site.id}:manager`), 'Ben is no manager');
  console.log('Ada makes him a manager. His session knows at once, without a new sign-in.');

  const cleo = await signUp(url, 'Cleo', 'cleo@example.org', 'a garden of paper cranes');
  await mails.next(cleo.email);
  const asked = await dataOf(
    cleo.client.POST('/api/v1/sites/{site_id}/invitations', { ...sites, body: { action: 'approve' } }),
  );
  const { subject } = await mails.next(ben.email);
  console.log(`\nCleo has lost her mail, signs up with another address, and asks to join: "${subject}".`);
  await dataOf(
    ben.client.POST('/api/v1/sites/{site_id}/invitations/{id}/approve', {
      params: { path: { ...path, id: asked.id } },
    }),
  );
  expect((await rolesOf(cleo)).includes(`${site.id}:user`), 'Cleo is not on the site');
  console.log(`Ben approves. Cleo gets "${(await mails.next(cleo.email)).subject}".`);

  await dataOf(cleo.client.POST('/api/v1/passwords/recover', { body: { login: cleo.email } }));
  const recovery = await mails.next(cleo.email);
  const password = 'the cranes flew south again';
  const reset = { ...codeOf(recovery.given), password };
  await dataOf(createClient({ baseUrl: url }).POST('/api/v1/passwords/reset', { body: reset }));
  const { response } = await cleo.client.GET('/api/v1/sessions/current');
  expect(response.status === 440, "Cleo's old session goes on");
  await dataOf(cleo.client.POST('/api/v1/signin', { body: { login: cleo.email, password } }));
  console.log(
    '\nCleo forgets her password and sets a new one with the mailed code. Her old session is closed.',
  );
  console.log(`She is told so: "${(await mails.next(cleo.email)).subject}". Then she signs in again.`);

  await dataOf(ben.client.POST('/api/v1/sites/{site_id}/remove', sites));
  const { data: left } = await ada.client.GET('/api/v1/sites/{site_id}/users', sites);
  const names = left?.data.map(({ name }) => name).sort() ?? [];
  expect(names.join() === 'Ada,Cleo', `on the site are ${names}`);
  console.log(`\nBen leaves. On the site are ${names.join(' and ')}.`);
}

async function signUp(
  url: string,
  name: string,
  email: string,
  password: string,
  invitation_code?: string,
): Promise<Person> {
  const client = createClient({ baseUrl: url });
  const body = { name, email, password, ...(invitation_code !== undefined && { invitation_code }) };
  const session = await dataOf(client.POST('/api/v1/signup', { body }));
  return { client, id: session.user_id, name, email };
}

/** Login and code from the link of a mail. */
function codeOf({ login, code }: Readonly<Record<string, string>>): { login: string; code: string } {
  expect(login !== undefined && code !== undefined, 'the mail has no code');
  return { login, code };
}

async function rolesOf({ client }: Person): Promise<readonly string[]> {
  return (await dataOf(client.GET('/api/v1/sessions/current'))).user.roles;
}

/** The data of an answer. Throws when it was a refusal, which ends the story. */
async function dataOf<T extends { data?: unknown; error?: unknown; response: Response }>(
  call: Promise<T>,
): Promise<NonNullable<T['data']>> {
  const { data, error, response } = await call;
  const { code } = (error ?? {}) as { code?: string };
  expect(response.ok, `${new URL(response.url).pathname} answered ${response.status} ${code}`);
  return data as NonNullable<T['data']>;
}

function expect(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Error(otherwise);
}
