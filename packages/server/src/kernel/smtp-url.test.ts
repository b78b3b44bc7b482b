import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSmtpUrl } from './smtp-url.ts';

test('a parameter counts unless it is unknown, or would send credentials to another machine unencrypted', () => {
  for (const [url, used, passedOver] of [
    ['smtp://mail.example.com', undefined, []],
    ['smtps://u:p%3F@mail.example.com:465?tls.servername=relay&name=me', undefined, []],
    ['smtp://u:p@mail.example.com?requireTLS=true&ignoreTLS=false', undefined, []],
    ['smtp://mail.example.com?ignoreTLS=true', undefined, []],
    ['smtp://u:p@localhost?ignoreTLS=true', undefined, []],
    ['smtp://u:p@mail.example.com?requireTLS=false', 'smtp://u:p@mail.example.com', ['requireTLS']],
    ['smtp://u:p@mail.example.com?requireTLS=0', 'smtp://u:p@mail.example.com', ['requireTLS']],
    [
      'smtp://u:p@mail.example.com?ignoreTLS=true&name=me',
      'smtp://u:p@mail.example.com?name=me',
      ['ignoreTLS'],
    ],
    ['smtp://h?logger=true&debug=true&pool=1', 'smtp://h', ['logger', 'debug', 'pool']],
    [
      'smtp://h?auth=x&tls.minVersion=TLSv1&opportunisticTLS=true',
      'smtp://h',
      ['auth', 'tls.minVersion', 'opportunisticTLS'],
    ],
  ] as const) {
    assert.deepEqual(readSmtpUrl(url), { url: used ?? url, passedOver }, url);
  }
});
