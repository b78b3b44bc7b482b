import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from '../kernel/errors.ts';
import { accountIdOf, type SiteId } from '../kernel/ids.ts';
import { applySiteChanges, codeKeyOf, newSite, type SiteChanges } from './site.ts';

const own = { id: '7' as SiteId, createTime: 1, creatorId: accountIdOf(5) };
const site = newSite(own, { name: 'Acme' });

function refuses(changes: SiteChanges, field: string): void {
  const told = (error: unknown) =>
    error instanceof AppError && error.code === 'INVALID_DATA' && error.details.errors?.[0]?.field === field;
  assert.throws(() => applySiteChanges(site, changes), told, field);
  assert.throws(() => newSite(own, { name: 'Acme', ...changes }), told, field);
}

test('a new site has its name and nothing else', () => {
  assert.deepEqual(
    { ...site },
    {
      ...own,
      code: undefined,
      active: true,
      deleted: false,
      name: 'Acme',
      description: '',
      address: '',
      center: undefined,
      radius: undefined,
      geometry: undefined,
      boundaries: undefined,
      language: 'en',
      timezone: 'UTC',
      industry: '',
      orgSize: undefined,
      totalSites: undefined,
      purpose: '',
      params: {},
    },
  );
});

test('texts are trimmed and normalised; some have several lines', () => {
  const changed = applySiteChanges(site, { name: ' Ácme ', address: ' 1 Street\nTown ', description: '' });
  assert.equal(changed.name, 'Ácme');
  assert.equal(changed.address, '1 Street\nTown');
});

test('a change leaves what it does not name, and takes away what it names as undefined', () => {
  const full = applySiteChanges(site, { code: 'x', radius: 2.5, orgSize: 3, params: { a: 1 } });
  assert.deepEqual(applySiteChanges(full, {}), full);
  const bare = applySiteChanges(full, { radius: undefined, code: undefined });
  assert.deepEqual(bare, { ...full, radius: undefined, code: undefined });
});

test('what is too long, too large or invisible is refused', () => {
  refuses({ name: '' }, 'name');
  refuses({ name: 'a\nb' }, 'name');
  refuses({ name: 'x'.repeat(129) }, 'name');
  refuses({ description: 'x'.repeat(1001) }, 'description');
  refuses({ address: 'a\0b' }, 'address');
  refuses({ industry: '\u009b' }, 'industry');
  refuses({ purpose: '\ud800' }, 'purpose');
  for (const field of ['center', 'geometry', 'boundaries', 'params'] as const) {
    refuses({ [field]: { a: 'x'.repeat(16 * 1024) } }, field);
  }
});

test('codes are compared in any case', () => {
  assert.equal(codeKeyOf('AbC-1_'), codeKeyOf('aBc-1_'));
  for (const code of ['', 'a b', 'ä', 'x'.repeat(65), 'a:b', 'a\n']) refuses({ code }, 'code');
});
