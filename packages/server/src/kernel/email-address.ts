import { domainToASCII, domainToUnicode } from 'node:url';
import { invalidField } from './errors.ts';
import { hasUnseen, trimBlanks } from './spelling.ts';

/** Longest address that fits into a mail's envelope (RFC 5321, 4.5.3.1.3). */
const maxLength = 254;

/** They join letters in some scripts. IDNA allows them only where they can be seen (RFC 5892, A.1 and A.2). */
const joiners = /[\u200c\u200d]/g;

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
  const normal = email.length > 1024 ? '' : trimBlanks(email.normalize('NFKC'));
  const at = normal.lastIndexOf('@');
  const [local, typed] = [normal.slice(0, Math.max(at, 0)), normal.slice(at + 1)];
  if (/[^\0-\x7f]/.test(local)) throw invalidField(field, 'must have only ASCII characters before the @');
  if (hasUnseen(normal.replaceAll(joiners, ''))) {
    throw invalidField(field, 'must be one e-mail address, without spaces and invisible characters');
  }
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

/** The key under which a checked address is unique. In practice no two mailboxes differ only in case. */
export function emailKeyOf(email: string): string {
  return email.toLowerCase();
}

/**
 * A text that may be an address, in NFKC, with its domain in the form of `checkEmail`, and without the dot that may stand
 * for the root of DNS; any other text stays.
 */
export function withAsciiDomain(text: string): string {
  const at = text.lastIndexOf('@');
  const domain = at < 0 ? undefined : asciiDomain(text.slice(at + 1))?.replace(/(?<=[^.])\.$/, '');
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
  if (!/[^\0-\x7f]|(?:^|\.)xn--/i.test(domain)) return domain.toLowerCase();
  if (hasUnseen(domain.replaceAll(joiners, ''))) return undefined;
  // Since version 15.1 of UTS #46 a capital ẞ is a small one; Node still has the rule before.
  const ascii = domainToASCII(domain.replaceAll('ẞ', 'ß'));
  // A label in punycode must be the one that its letters make: another would be a second spelling of the domain. Node
  // leaves those that stand for no letters as they are.
  const readable = domainToUnicode(ascii);
  if (/(?:^|\.)xn--/.test(readable) || domainToASCII(readable) !== ascii) return undefined;
  return ascii || undefined;
}
