import type { SelectQueryBuilder } from 'kysely';
import type { Page, PageRequest } from '../../../kernel/pages.ts';

/** The page of `rows`, with the number of rows of `whole` when the page asks for it. */
export async function pageOf<DB, TB extends keyof DB, Row, WholeDB, WholeTB extends keyof WholeDB, T>(
  rows: SelectQueryBuilder<DB, TB, Row>,
  whole: SelectQueryBuilder<WholeDB, WholeTB, object>,
  page: PageRequest,
  turn: (row: Row) => T,
): Promise<Page<T>> {
  const found = (await rows.limit(page.take).offset(page.skip).execute()) as Row[];
  const data = found.map(turn);
  if (!page.total) return { data };
  const { total } = await whole
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .$castTo<{ total: number }>()
    .executeTakeFirstOrThrow();
  return { data, total };
}
