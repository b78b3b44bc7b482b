/**
 * Whether what stands in the place of a hash says that there is no password: nothing at all, what shadow(5) and LDAP
 * servers write for a locked or an absent one (`*`, `!`, `!!`, `x`, `!$6$…`, `*LK*`, `{CRYPT}!`), and Django's `!` with
 * random text behind it.
 */
export function isNoPassword(hash: string): boolean {
  return /^(?:\{crypt\})?(?:[!*].*|x|NP|LK)?$/is.test(hash.trim());
}
