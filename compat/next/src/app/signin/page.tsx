import { SignInForm } from './form';

export default async function SignIn({ searchParams }: PageProps<'/signin'>) {
  const { return_to } = await searchParams;
  return (
    <main>
      <h1>Sign in</h1>
      <SignInForm
        latchkey={process.env.LATCHKEY_PUBLIC_URL ?? ''}
        returnTo={typeof return_to === 'string' ? return_to : '/account'}
      />
    </main>
  );
}
