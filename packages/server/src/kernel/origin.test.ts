import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultOfOrigin, isApplication } from './origin.ts';

/** As Chromium 156, Firefox 153 and WebKitGTK 2.50 were seen to send them, and as the documentation of others says. */
const applications = [
  'capacitor://localhost',
  'ionic://localhost',
  'tauri://localhost',
  'app://localhost',
  'app://.',
  'app://-',
  'app://localhost:80',
  'app://local.host',
  'myapp://',
  'com.example.app://callback',
  'exp://192.168.1.3:8081',
  'exp://[::1]:8081',
  'chrome-extension://miaflficggaajleahlikjjlhbhndnbef',
  'moz-extension://c6241c01-0c7a-4bf0-a6a3-02ede264594a',
  'safari-web-extension://140BB581-A2C0-422A-9DD3-6982A5ABEE5E',
  'vscode-webview://0h1l8rnmqmp0e3hmkskqe2vl9i8q1gg7pg1oelf2bq0pjf8gvh1v',
];
/** Where a system gives an application a web origin: Capacitor and Cordova on Android, Tauri on Windows. */
const onLocalhost = [
  'https://localhost',
  'http://localhost',
  'https://tauri.localhost',
  'http://tauri.localhost',
];
const sites = [
  'https://app.example.com',
  'http://app.example.com:8080',
  'http://[::1]:3000',
  'https://xn--bcher-kva.example',
  'http://localhost:5173',
  'https://localhost.example.com',
  'https://notlocalhost',
];

test('origins are taken as browsers send them', () => {
  for (const origin of [...applications, ...onLocalhost, ...sites]) {
    assert.equal(faultOfOrigin(origin), undefined, origin);
  }
});

test('an application is told by its scheme, or by a localhost that is not the server', () => {
  for (const origin of [...applications, ...onLocalhost])
    assert.ok(isApplication(origin, 'id.example.com'), origin);
  for (const origin of sites) assert.ok(!isApplication(origin, 'id.example.com'), origin);
  assert.ok(!isApplication('http://localhost', 'localhost'));
  assert.ok(isApplication('https://tauri.localhost', 'localhost'));
  assert.ok(isApplication('https://tauri.localhost', 'id.localhost'));
  // A page of the server's own site, whose browser sends it the cookie.
  for (const origin of ['https://app.localhost', 'https://a.id.app.localhost', 'https://x.app.localhost'])
    assert.ok(!isApplication(origin, 'id.app.localhost'), origin);
});

test('other spellings are refused with the right one', () => {
  const spellings = {
    'https://app.example.com/': 'https://app.example.com',
    'https://app.example.com/path?query#fragment': 'https://app.example.com',
    'https://app.example.com:443': 'https://app.example.com',
    'http://app.example.com:80': 'http://app.example.com',
    'HTTPS://App.Example.com': 'https://app.example.com',
    'https://bücher.example': 'https://xn--bcher-kva.example',
    'https://user:secret@app.example.com': 'https://app.example.com',
    'http://[0:0:0:0:0:0:0:1]:3000': 'http://[::1]:3000',
    'Capacitor://localhost': 'capacitor://localhost',
    'capacitor://localhost/': 'capacitor://localhost',
    'capacitor://localhost/index.html?a#b': 'capacitor://localhost',
    'capacitor://user:secret@localhost': 'capacitor://localhost',
    'myapp:///index.html': 'myapp://',
  };
  for (const [wrong, right] of Object.entries(spellings)) {
    assert.ok(faultOfOrigin(wrong)?.endsWith(`as browsers send them: ${right}`), wrong);
  }
});

test('what is no origin of one site or application is refused with the reason', () => {
  const reasons: [RegExp, readonly string[]][] = [
    [/pattern/, ['*', 'https://*', 'https://*.example.com', 'chrome-extension://*', 'capacitor://*']],
    [/null/, ['null']],
    [
      /by commas/,
      ['app://a b', 'https://a.example https://b.example', 'https://a.example;https://b.example'],
    ],
    [
      /local files/,
      [
        'file://',
        'file:///index.html',
        'File://x',
        'data:text/html,x',
        'blob:https://a.example/1',
        'chrome://settings',
        'wss://a.example',
      ],
    ],
    [
      /must list origins, as in/,
      [
        '',
        'app.example.com',
        'app.example.com:443',
        '//app.example.com',
        'https://',

        'capacitor:localhost',
        'capacitor',
        'NULL',
        'app://ä',
        '["https://a.example"]',
        'app://<script>',
      ],
    ],
  ];
  for (const [reason, texts] of reasons) {
    for (const text of texts) assert.match(faultOfOrigin(text) ?? 'no fault', reason, text);
  }
});
