/** The signs of the table for what is refused; anything else shows its code. */
const signs: Readonly<Record<string, string>> = {
  NOT_SIGNED: '401',
  INVALID_CREDENTIALS: '401',
  SESSION_NOT_FOUND: '440',
  NOT_OWNER: 'owner',
  NOT_IN_ROLE: 'role',
  NOT_IN_SITE_ROLE: 'site',
  NO_PERMISSIONS: 'no',
  PASSWORD_CHANGE_REQUIRED: 'change',
};

/** What a caller got, as the table shows it. */
export function signOf(status: number, code: unknown): string {
  if (status >= 200 && status < 300) return '✓';
  return signs[String(code)] ?? String(code);
}

export type Rows = ReadonlyMap<string, readonly string[]>;

/** The cells of each row of the table in the page, by its first column. */
export function readTable(page: string): Rows {
  const lines = page.split('\n').filter((line) => line.startsWith('| `'));
  return new Map(
    lines.map((line) => {
      const [route = '', ...cells] = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      return [route.replaceAll('`', ''), cells];
    }),
  );
}

/** The page with the rows in the place of those that it has. */
export function withRows(page: string, rows: Rows): string {
  const lines = [...rows].map(([route, cells]) => `| \`${route}\` | ${cells.join(' | ')} |`);
  const others = page.split('\n').filter((line) => !line.startsWith('| `'));
  const at = others.findLastIndex((line) => /^\|[ -|]+\|$/.test(line) && line.includes('---')) + 1;
  return others.toSpliced(at, 0, ...lines).join('\n');
}
