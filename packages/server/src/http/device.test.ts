import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeOf } from './device.ts';

const none = 'unknown system';

/** Headers as these clients send them, with what a session shows. */
const recorded: Readonly<Record<string, readonly [client: string, platform: string]>> = {
  'curl/8.5.0': ['curl 8.5.0', none],
  'Wget/1.21.2 (linux-gnu)': ['Wget 1.21.2', 'Linux'],
  node: ['Node.js', none],
  undici: ['undici', none],
  'node-fetch/1.0 (+https://github.com/bitinn/node-fetch)': ['node-fetch 1.0', none],
  'node-fetch': ['node-fetch', none],
  'axios/1.7.2': ['axios 1.7.2', none],
  'got (https://github.com/sindresorhus/got)': ['got', none],
  'okhttp/4.12.0': ['okhttp 4.12.0', none],
  'Dart/3.3 (dart:io)': ['Dart 3.3', none],
  'Go-http-client/2.0': ['Go-http-client 2.0', none],
  'python-requests/2.31.0': ['python-requests 2.31.0', none],
  'python-httpx/0.27.0': ['python-httpx 0.27.0', none],
  'Python/3.11 aiohttp/3.9.1': ['aiohttp 3.9.1', none],
  'Python-urllib/3.11': ['Python-urllib 3.11', none],
  'Java/17.0.9': ['Java 17.0.9', none],
  'Java-http-client/17.0.9': ['Java-http-client 17.0.9', none],
  'Apache-HttpClient/4.5.14 (Java/17.0.9)': ['Apache-HttpClient 4.5.14', none],
  'PostmanRuntime/7.36.0': ['PostmanRuntime 7.36.0', none],
  'insomnia/8.4.5': ['insomnia 8.4.5', none],
  'Deno/2.1.4': ['Deno 2.1.4', none],
  'Bun/1.1.38': ['Bun 1.1.38', none],
  'Faraday v2.9.0': ['Faraday v2.9.0', none],
  Ruby: ['Ruby', none],
  // Apps: React Native on iOS, on Android (as okhttp above, and through Dalvik), Alamofire.
  'MyApp/1 CFNetwork/1485 Darwin/23.1.0': ['MyApp 1', 'Darwin 23.1.0'],
  'Expo/1017699 CFNetwork/1568.200.51 Darwin/24.1.0': ['Expo 1017699', 'Darwin 24.1.0'],
  'Dalvik/2.1.0 (Linux; U; Android 13; Pixel 7 Build/TQ3A)': ['Android Browser', 'Android 13'],
  'Example/1.0 (com.example; build:1; iOS 17.0.0) Alamofire/5.8.1': ['Example 1.0', 'iOS 17.0.0'],
  'Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.19041.1682': [
    'WindowsPowerShell 5.1.19041.1682',
    'Windows NT',
  ],
  'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0': ['Firefox 140.0', 'Linux'],
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Mobile/15E148 Safari/604.1':
    ['Safari 17.1', 'iOS 17.1'],
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36':
    ['Chrome 120.0.0.0', 'macOS 10.15.7'],
  // Nothing that says anything.
  '': ['unknown client', none],
  ' ': ['unknown client', none],
  'Mozilla/5.0': ['unknown client', none],
  '/1.0': ['1.0', none],
  '(curl)': ['unknown client', none],
  '<script>alert("1")</script>': ['scriptalert', none],
  'ünïcode\u0000/1': ['ncode 1', none],
};

for (const [header, [client, platform]] of Object.entries(recorded)) {
  test(`${JSON.stringify(header.slice(0, 60))} is ${client} on ${platform}`, () => {
    assert.deepEqual(makeOf(header), { client, platform });
  });
}

test('a long header is cut', () => {
  const { client, platform } = makeOf(`${'a'.repeat(100_000)}/${'1'.repeat(100_000)}`);
  assert.equal(client, 'a'.repeat(64));
  assert.ok(platform.length <= 64);
});
