'use client';

interface Props {
  readonly latchkey: string;
  readonly returnTo: string;
}

/** Signs in at Latchkey, and goes back to where the person wanted to go: only ever to this origin. */
export function SignInForm({ latchkey, returnTo }: Props) {
  async function signIn(form: FormData) {
    const answer = await fetch(`${latchkey}/api/v1/signin`, {
      method: 'POST',
      credentials: 'include',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(Object.fromEntries(form)),
    });
    const target = new URL(returnTo, location.origin);
    if (answer.ok && target.origin === location.origin) location.assign(target);
  }
  return (
    <form action={signIn}>
      <input name="login" aria-label="Login" />
      <input name="password" type="password" aria-label="Password" />
      <button type="submit">Sign in</button>
    </form>
  );
}
