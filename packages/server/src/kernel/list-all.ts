import { setImmediate as turn } from 'node:timers/promises';
import { maxTake, type Page, type PageRequest } from './pages.ts';

/** All items of a list that comes in pages. Between two pages everything else has its turn. */
export async function listAll<T>(list: (page: PageRequest) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  for (;;) {
    const { data } = await list({ skip: items.length, take: maxTake, total: false });
    items.push(...data);
    if (data.length < maxTake) return items;
    await turn();
  }
}
