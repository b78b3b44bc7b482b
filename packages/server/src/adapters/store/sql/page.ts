import type { SelectQueryBuilder } from 'kysely';
import type { Page, PageRequest } from '../../../kernel/pages.ts';

/** The requested page of `rows`, converted, with the number of rows in `whole` when the request wants the total. */
export async function pageOf<DB, TB extends keyof DB, Row, WholeDB, WholeTB extends keyof WholeDB, T>(
  rows: SelectQueryBuilder<DB, TB, Row>,
  whole: SelectQueryBuilder<WholeDB, WholeTB, object>,
  page: PageRequest,
  convert: (row: Row) => T,
): Promise<Page<T>> {
  const found = (await rows.limit(page.take).offset(page.skip).execute()) as Row[];
  const data = found.map(convert);
  if (!page.total) return { data };
  const { total } = await whole
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .$castTo<{ total: number }>()
    .executeTakeFirstOrThrow();
  return { data, total };
}
