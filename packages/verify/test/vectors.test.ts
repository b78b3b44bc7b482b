import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isForPage, mayUseCookieAlone } from '../src/adapter/fetch-metadata.ts';
import { readCredentials } from '../src/adapter/read-credentials.ts';
import { parseMessage } from '../src/feed/message.ts';
import { parseJwks } from '../src/keys/parse-jwks.ts';
import { GapError, Replica } from '../src/replica/replica.ts';

function casesOf<Case>(name: string): Case[] {
  const text = readFileSync(new URL(`../vectors/${name}`, import.meta.url), 'utf8');
  return (JSON.parse(text) as { cases: Case[] }).cases;
}

for (const { name, text, kids } of casesOf<{ name: string; text: string; kids?: string[] }>('keys.json')) {
  test(`keys: ${name}`, () => {
    if (kids === undefined) assert.throws(() => parseJwks(text), SyntaxError);
    else assert.deepEqual([...parseJwks(text).keys.keys()].sort(), kids);
  });
}

interface RequestCase {
  readonly name: string;
  readonly headers: [name: string, value: string][];
  readonly cookieNames: string[];
  readonly token?: string | null;
  readonly credential?: string | null;
  readonly refused?: 'ambiguous' | 'malformed';
}

for (const { name, headers, cookieNames, ...verdict } of casesOf<RequestCase>('requests.json')) {
  test(`requests: ${name}`, () => {
    const { token = null, credential = null, wrong } = readCredentials(headers.flat(), cookieNames);
    const refused = wrong?.split('-')[0];
    assert.deepEqual(refused === undefined ? { token, credential } : { refused }, verdict);
  });
}

interface PageCase {
  readonly name: string;
  readonly method: string;
  readonly headers: [name: string, value: string][];
  readonly cookieAlone: boolean;
  readonly page: boolean;
}

for (const { name, method, headers, ...verdict } of casesOf<PageCase>('pages.json')) {
  test(`pages: ${name}`, () => {
    for (const write of [(text: string) => text, (text: string) => text.toLowerCase()]) {
      const fields = headers.flatMap(([field, value]) => [write(field), value]);
      const head = { method, target: '/', headers: fields };
      assert.deepEqual({ cookieAlone: mayUseCookieAlone(head), page: isForPage(head) }, verdict);
    }
  });
}

interface FeedCase {
  readonly name: string;
  readonly messages: { readonly event: string; readonly data: unknown }[];
  readonly outcome: 'go on' | 'resume';
  readonly position: number | null;
}

for (const { name, messages, outcome, position } of casesOf<FeedCase>('feed.json')) {
  test(`feed: ${name}`, () => {
    const replica = new Replica();
    const apply = () => {
      for (const { event, data } of messages) {
        const message = parseMessage({ event, data: JSON.stringify(data), id: undefined });
        if (message?.type === 'snapshot') replica.applySnapshot(message, 0);
        if (message?.type === 'entries') for (const entry of message.entries) replica.applyEntry(entry, 0);
      }
    };
    if (outcome === 'go on') apply();
    else assert.throws(apply, (error) => error instanceof SyntaxError || error instanceof GapError);
    assert.equal(replica.position ?? null, position);
  });
}
