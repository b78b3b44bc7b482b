import { domainToASCII, domainToUnicode } from 'node:url';
import { invalidField } from './errors.ts';

/** Longest address that fits into a mail's envelope (RFC 5321, 4.5.3.1.3). */
const maxLength = 254;

/** What may stand before the @ (RFC 5321, 4.1.2: Dot-string), at most 64 characters. */
const localPattern = /^(?=.{1,64}$)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;

/** A host name in ASCII with at least one dot. The last label has a letter, so this is never an IP address. */
const domainPattern =
  /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?![0-9]+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Checks an e-mail address; returns the one form in which it is stored and compared. The domain is in lower case and in
 * ASCII, as DNS and mail servers have it (IDNA, UTS #46): `ada@bücher.example` is `ada@xn--bcher-kva.example`. Before
 * the @ only ASCII is taken, because not every mail server on the way carries more (RFC 6531). NFKC comes first, so that
 * nothing changes its meaning after the check. Throws INVALID_DATA.
 */
export function checkEmail(email: string, field = 'email'): string {
  const normal = email.length > 1024 ? '' : email.normalize('NFKC').trim();
  const at = normal.lastIndexOf('@');
  const [local, typed] = [normal.slice(0, Math.max(at, 0)), normal.slice(at + 1)];
  if (/[^\0-\x7f]/.test(local)) throw invalidField(field, 'must have only ASCII characters before the @');
  const domain = asciiDomain(typed);
  const whole = `${local}@${domain}`;
  if (at < 0 || domain === undefined || !localPattern.test(local) || whole.length > maxLength) {
    throw invalidField(field, 'must be one e-mail address, such as ada@example.com');
  }
  if (!domain.includes('.'))
    throw invalidField(field, 'must have a dot in its domain, as in ada@example.com');
  if (!domainPattern.test(domain)) {
    throw invalidField(field, 'must have a domain that can be in DNS, as in ada@example.com');
  }
  return whole;
}

/** The key under which an address is unique. In practice no two mailboxes differ only in case. */
export function emailKeyOf(email: string): string {
  return email.toLowerCase();
}

/** A text that may be an address, in NFKC, with its domain in the form of `checkEmail`; any other text stays. */
export function withAsciiDomain(text: string): string {
  const at = text.lastIndexOf('@');
  const domain = at < 0 ? undefined : asciiDomain(text.slice(at + 1));
  return domain === undefined ? text : `${text.slice(0, at)}@${domain}`;
}

/** The address with its domain as people read it. */
export function withReadableDomain(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 0 ? address : `${address.slice(0, at)}@${domainToUnicode(address.slice(at + 1))}`;
}

/** The domain in lower case and in ASCII; undefined when that cannot be. A URL's other characters must not get through. */
function asciiDomain(domain: string): string | undefined {
  if (!/^(?:[A-Za-z0-9.-]|[^\0-\x7f])+$/.test(domain)) return undefined;
  if (!/[^\0-\x7f]/.test(domain)) return domain.toLowerCase();
  if (/[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u.test(domain)) return undefined;
  return domainToASCII(domain) || undefined;
}
