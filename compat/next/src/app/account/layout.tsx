import Link from 'next/link';
import type { ReactNode } from 'react';

export default function Layout({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <nav>
        <Link href="/account">Account</Link> <Link href="/account/notes">Notes</Link>{' '}
        <a href="/account/export" download>
          Export
        </a>
      </nav>
      <main>{children}</main>
    </>
  );
}
