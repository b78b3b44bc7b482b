import type { Note } from './account-line.ts';

/** How often each note was made. */
export type Notes = Readonly<Record<Note, number>>;

/** The most different notes that are kept; those of further details count as `other`. */
const maxNotes = 60;

/** The sentence of each kind of note, from the number of accounts (`2 accounts`) and the detail. */
const sentences = {
  no_password: (accounts) =>
    `${accounts} came in without a password: there was none. "Forgot password" sets one.`,
  unusable_hash: (accounts) =>
    `${accounts} came in without a password: the hash is of no use. "Forgot password" sets one.`,
  no_way_in: (accounts) =>
    `${accounts} came in with neither password nor address: only \`accounts set-password\` lets them in.`,
  locked: (accounts) =>
    `${accounts} came in disabled, because locked there: \`accounts enable\` lets them in.`,
  elsewhere: (accounts, provider) => `${accounts} signed in with ${provider}, which does not come along.`,
  second_factor: (accounts) => `${accounts} had a second factor, which does not come along.`,
  phone: (accounts) => `${accounts} had a phone number, which is kept in custom_dat and used for nothing.`,
  groups: (accounts) => `${accounts} belonged to groups, which do not come along.`,
  roles_left: (accounts, role) => `${accounts} had the role ${role}, which an import does not grant.`,
  client_roles: (accounts) => `${accounts} had roles of single applications, which an import does not grant.`,
  superuser: (accounts) => `${accounts} had all rights there: \`roles grant\` makes an admin here.`,
  login_changed: (accounts) =>
    `${accounts} had a name that cannot be a login: the address is the login, the name is in custom_hdr.`,
  address_left: (accounts) => `${accounts} had an address that no mail reaches; it is in custom_hdr.`,
  addresses_left: (accounts) => `${accounts} had more addresses: only the first came along.`,
  passwords_left: (accounts) => `${accounts} had several passwords: the first that can be used came along.`,
  claims_left: (accounts) =>
    `${accounts} had data that only an administrator could write. It did not come along: people may write custom_dat.`,
  data_left: (accounts) => `${accounts} had more data than fits into custom_dat. It did not come along.`,
  left_out: (records, reason) => `${records} left out: ${reason}.`,
} as const satisfies Record<string, (accounts: string, detail: string) => string>;

export type NoteKind = keyof typeof sentences;

export const noNotes: Notes = {};

/** A note of that kind. The detail may come from the file, so only what is harmless to show is left of it. */
export function noteOf(kind: NoteKind, detail?: string): Note {
  if (detail === undefined) return kind;
  return `${kind}:${detail.replace(/[^\p{L}\p{N} ._@/-]/gu, '?').slice(0, 64)}`;
}

/** Adds more notes to a count. */
export function addNotes(counts: Notes, more: Iterable<Note | readonly [Note, number]>): Notes {
  const sum: Record<Note, number> = { ...counts };
  for (const item of more) {
    const [note, count] = typeof item === 'string' ? [item, 1] : item;
    const isKnown = Object.hasOwn(sum, note) || Object.keys(sum).length < maxNotes;
    const key = isKnown ? note : `${kindOf(note)}:other`;
    sum[key] = (sum[key] ?? 0) + count;
  }
  return sum;
}

/** How many notes there are of a kind. */
export function countNotes(notes: Notes, ...kinds: readonly NoteKind[]): number {
  return Object.entries(notes).reduce(
    (sum, [note, count]) => (kinds.includes(kindOf(note)) ? sum + count : sum),
    0,
  );
}

/** A sentence for each note, in the order of the kinds. */
export function tellNotes(notes: Notes): string[] {
  const kinds = Object.keys(sentences);
  return Object.entries(notes)
    .toSorted(([a], [b]) => kinds.indexOf(kindOf(a)) - kinds.indexOf(kindOf(b)))
    .map(([note, count]) => {
      const kind = kindOf(note);
      const noun = kind === 'left_out' ? 'record' : 'account';
      const counted = `${count} ${noun}${count === 1 ? '' : 's'}`;
      return sentences[kind](counted, note.slice(kind.length + 1));
    });
}

function kindOf(note: Note): NoteKind {
  return note.split(':', 1)[0] as NoteKind;
}
