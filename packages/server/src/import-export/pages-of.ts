import { maxTake, type Page, type PageRequest } from '../kernel/pages.ts';

/** All items of a list that comes in pages. */
export async function pagesOf<T>(list: (page: PageRequest) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  for (;;) {
    const { data } = await list({ skip: items.length, take: maxTake, total: false });
    items.push(...data);
    if (data.length < maxTake) return items;
  }
}
