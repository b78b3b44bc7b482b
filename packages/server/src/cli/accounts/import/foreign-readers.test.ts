import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { AppError } from '../../../kernel/errors.ts';
import { type JsonItem, readJsonItems } from './json-items.ts';
import { readLdifRows } from './ldif-rows.ts';
import { readNamedCsvRows } from './named-csv-rows.ts';
import type { Row } from './row.ts';

async function* inChunks(content: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

async function all<T>(portions: AsyncIterable<readonly T[]>): Promise<T[]> {
  const items: T[] = [];
  for await (const portion of portions) items.push(...portion);
  return items;
}

const itemsOf = (text: string | Buffer, size = 7, lists = ['Users', 'more']) =>
  all(readJsonItems(inChunks(Buffer.from(text), size), lists));

const texts = (items: readonly JsonItem[]) => items.map(({ bytes }) => bytes?.toString());

test('the items of JSON are the same in a list, in a document and in lines, however the bytes come', async () => {
  const object = fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(object, { maxLength: 5 }),
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom(undefined, 2),
      async (objects, size, indent) => {
        const expected = objects.map((it) => JSON.parse(JSON.stringify(it)));
        const document = {
          '"[{}],': objects,
          other: [{ users: [1] }],
          users: objects,
          last: { more: [{}] },
        };
        const forms = [
          JSON.stringify(objects, null, indent),
          JSON.stringify(document, null, indent),
          objects.map((it) => JSON.stringify(it, null, indent)).join('\n'),
          `${JSON.stringify(objects)}\n${JSON.stringify([])}`,
        ];
        for (const text of forms) {
          const items = await itemsOf(text, size);
          // An object with such a list is a document, so the lines must not have one.
          if (objects.some((it) => 'users' in it || 'more' in it)) return;
          assert.deepEqual(
            texts(items).map((it) => JSON.parse(it!)),
            expected,
          );
        }
      },
    ),
  );
});

test('each item has its list and the line where it begins', async () => {
  const text = '{"a": 1,\n "users":\n[{"b": [\n1]},\n 7, {}], "MORE": [{}]}\n{"c": 2}';
  assert.deepEqual(
    (await itemsOf(text)).map(({ line, list, bytes }) => [line, list, bytes!.toString()]),
    [
      [3, 'users', '{"b": [\n1]}'],
      [5, 'users', '7'],
      [5, 'users', '{}'],
      [5, 'more', '{}'],
      [6, undefined, '{"c": 2}'],
    ],
  );
});

test('JSON that ends or closes where it cannot is told, and an item that is too long is not kept', async () => {
  for (const text of ['[{}', '{"users": [{}, ', '["', ']', '{}}']) {
    await assert.rejects(itemsOf(text), (error: AppError) =>
      /near line 1: nothing more/.test(error.details.detail!),
    );
  }
  const long = `[{"a":"${'x'.repeat(300_000)}"},{"b":1}]`;
  assert.deepEqual(texts(await itemsOf(long, 5000)), [undefined, '{"b":1}']);
  // What stands before the list may be longer.
  const document = `{"roles": "${'x'.repeat(300_000)}", "users": [{}]}`;
  assert.deepEqual(texts(await itemsOf(document, 5000)), ['{}']);
});

const membersOf = (rows: readonly Row[]) =>
  rows.map(({ line, members }) => {
    try {
      return [line, members()];
    } catch (error) {
      return [line, (error as AppError).details.detail];
    }
  });

test('LDIF: an entry without an end takes no more and more memory', async () => {
  const part = Buffer.from(`member: ${'x'.repeat(1000)}\nnote: a\n ${'b'.repeat(1000)}\n`.repeat(500));
  async function* source() {
    yield Buffer.from('dn: cn=a\n');
    for (let i = 0; i < 50; i++) yield part;
    yield Buffer.from('\ndn: cn=b\n');
  }
  const [group, next] = await all(readLdifRows(source()));
  assert.deepEqual(group?.members().dn, ['cn=a']);
  assert.ok(group!.text.length < 5 * 1024 * 1024, String(group!.text.length));
  assert.deepEqual(next?.members(), { dn: ['cn=b'] });
});

test('LDIF: folded lines, base64, several values, options, comments, and what is no entry', async () => {
  const photo = `jpegPhoto:: ${'A'.repeat(70_000)}`;
  const text = [
    'version: 1',
    '# a comment',
    '',
    'dn: uid=a,',
    ' dc=b',
    'cn;lang-de: A',
    'cn:: w4Q=',
    'mail:a@example.com',
    'userPassword:: /w==',
    'sn:: /w==',
    photo,
    'description:< file:///etc/passwd',
    '',
    '',
    'cn: nobody',
    '',
    'dn: uid=c',
    'changetype: delete',
    '',
    'dn: uid=d',
    'no attribute',
    '',
    'search: 2',
    'result: 0 Success',
  ].join('\r\n');
  for (const size of [1, 7, 100_000]) {
    const rows = await all(readLdifRows(inChunks(Buffer.from(text), size)));
    assert.deepEqual(membersOf(rows), [
      [4, { dn: ['uid=a,dc=b'], cn: ['A', 'Ä'], mail: ['a@example.com'], userPassword: ['\xff'] }],
      [15, 'The entry has no dn.'],
      [17, 'The entry is a change, not an account.'],
      [20, 'A line of the entry is no attribute.'],
    ]);
  }
});

test('CSV without a header has the columns of its system', async () => {
  const columns = ['localId', 'email', 'flag'];
  const read = async (text: string, names?: readonly string[]) =>
    membersOf(await all(readNamedCsvRows(inChunks(Buffer.from(text), 5), names)));
  const row = { localId: 'a', email: 'b', flag: '' };
  for (const text of ['a,b,,\n', 'LocalId,email,flag\na,b,\n', 'a,b\n']) {
    const [[, members] = []] = await read(text, columns);
    assert.deepEqual(Object.values(members!), Object.values(row), text);
  }
  assert.deepEqual(await read('x;y\n1;2;3\n4\n5'), [
    [2, 'The record has 3 fields, not 2.'],
    [3, { x: '4', y: '' }],
    [4, { x: '5', y: '' }],
  ]);
});
