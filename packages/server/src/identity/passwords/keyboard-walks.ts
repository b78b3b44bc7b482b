/** Keys of one row, and how far each row stands to the right of the one above: QWERTY, and QWERTZ where it differs. */
const layouts = [
  ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'],
  ['1234567890', 'qwertzuiop', 'asdfghjkl', 'yxcvbnm'],
];

const shortest = 4;

const neighbours = layouts.map((rows) => {
  const pairs = new Set<string>();
  const join = (a: string | undefined, b: string | undefined) => {
    if (a !== undefined && b !== undefined) pairs.add(a + b).add(b + a);
  };
  rows.forEach((row, y) => {
    [...row].forEach((key, x) => {
      join(key, key);
      join(key, row[x + 1]);
      join(key, rows[y + 1]?.[x]);
      join(key, rows[y + 1]?.[x - 1]);
    });
  });
  // The row of digits goes round: …8 9 0 1 2…
  join('0', '1');
  return pairs;
});

/** Whether the password, in lower case, is made of walks from key to key and nothing else, each of four keys or more. */
export function isKeyboardWalk(password: string): boolean {
  return neighbours.some((pairs) => {
    let length = 1;
    for (let i = 1; i < password.length; i++) {
      if (pairs.has(password.slice(i - 1, i + 1))) length += 1;
      else if (length < shortest) return false;
      else length = 1;
    }
    return length >= shortest;
  });
}
