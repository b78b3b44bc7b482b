import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultMode } from '../src/default-mode.ts';

const url = 'https://id.example.com/auth';

test('the credential is left to the browser in pages of web sites alone', (t) => {
  assert.equal(defaultMode(url), 'header');
  const global = globalThis as Record<string, unknown>;
  t.after(() => {
    delete global.document;
    delete global.location;
  });
  global.document = {};
  // React Native with libraries that define a document.
  assert.equal(defaultMode(url), 'header');
  for (const [href, mode, server = url] of [
    ['https://app.example.com/a', 'cookie'],
    ['http://app.example.com/', 'cookie'],
    ['http://localhost:5173/', 'cookie'],
    ['http://localhost/', 'cookie', 'http://localhost:8080'],
    ['http://app.localhost/', 'cookie', 'http://id.app.localhost'],
    ['http://tauri.localhost/', 'header', 'http://id.localhost'],
    ['https://localhost/', 'header'],
    ['http://tauri.localhost/', 'header'],
    ['capacitor://localhost/index.html', 'header'],
    ['chrome-extension://miaflficggaajleahlikjjlhbhndnbef/page.html', 'header'],
    ['file:///index.html', 'header'],
  ] as const) {
    global.location = new URL(href);
    assert.equal(defaultMode(server), mode, href);
  }
});
