import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AccountId, SessionId } from '../kernel/ids.ts';
import type { Entry, Subject } from './entry.ts';
import { entryJson, entryText } from './entry-json.ts';

const subjects: readonly Subject[] = [
  { session: 'AAAAAAAAAAAAAAAAAAAAAA' as SessionId },
  { user: '4503599627370495' as AccountId },
  { site: 'a-site_1' },
  { key: 'k-1_' },
  { all: true },
];

test('an entry as text says what it says as JSON, whatever it is about', () => {
  for (const [i, subject] of subjects.entries()) {
    for (const reason of ['signout', 'a "quoted" \n reason \u2028', '']) {
      const entry: Entry = { seq: i + 1, at: 1, subject, action: 'reject', reason, expiresAt: 2 ** 40 };
      assert.deepEqual(JSON.parse(entryText(entry)), entryJson(entry));
      assert.ok(!/[\r\n]/.test(entryText(entry)), 'a line of the stream stays one');
    }
  }
});
