import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { mailKinds } from '../../identity/mails/mail.ts';
import { loadTemplates, TemplateError } from './templates.ts';

const values = {
  name: 'Ann',
  login: 'ann',
  email: 'ann@example.com',
  link: 'http://localhost:8080/somewhere#login=ann&code=ABC',
  code: 'ABCDEFGHJKLMNPQR',
  site: 'Works',
  by: 'Ben',
  role: 'manager',
  time: '2026-01-01 10:00 UTC',
  client: 'Firefox 140',
  platform: 'Linux',
  address: '192.0.2.1',
};

async function folderWith(t: { after(undo: () => Promise<void>): void }, files: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-templates-'));
  t.after(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

test('every mail is written in every language, and nothing of it is left open', () => {
  const templates = loadTemplates(undefined);
  for (const kind of mailKinds) {
    const written = ['en', 'de', 'fr'].map((language) => templates.write(kind, language, values));
    for (const { subject, text, html } of written) {
      for (const part of [subject, text, html]) {
        assert.ok(part.length > 5 && !/[{}]|undefined/.test(part.replace(/font:[^"]*/g, '')), part);
      }
      assert.ok(!subject.includes('\n'));
    }
    assert.notEqual(written[0]!.text, written[1]!.text);
    assert.deepEqual(written[2], written[0]);
  }
});

test('what people wrote is neither markup nor a link', () => {
  const templates = loadTemplates(undefined);
  const site = 'Win at https://evil.example/<script>alert(1)</script>';
  const { subject, text, html } = templates.write('invitation', 'en', { ...values, site });
  for (const part of [subject, text, html]) assert.ok(!part.includes('evil.example'), part);
  assert.ok(!html.includes('<script'));
  assert.ok(text.includes(values.link));
});

test('no value that people can choose is a link, whichever mail it is in', () => {
  const templates = loadTemplates(undefined);
  const hosts = [
    'evil.example',
    'www.evil.example/login?a@example.com',
    'https://evil.example',
    'a@evil.example',
  ];
  const chosen = ['name', 'login', 'email', 'site', 'by', 'role', 'client', 'platform'];
  for (const kind of mailKinds) {
    for (const language of ['en', 'de']) {
      for (const host of hosts) {
        const bad = Object.fromEntries(chosen.map((name) => [name, host]));
        const { subject, text, html } = templates.write(
          kind,
          language,
          { ...values, ...bad },
          'ann@example.com',
        );
        for (const part of [subject, text, html.replaceAll('&#64;', '@')]) {
          assert.doesNotMatch(part, /evil\.\S|\w@\w|www\.\S|https:\/\/evil/, `${kind}: ${part}`);
        }
      }
    }
  }
});

test("a version and the recipient's own address are shown as they are", () => {
  const templates = loadTemplates(undefined);
  const own = { ...values, login: 'ann@example.com', client: 'Firefox 140.0.1' };
  const { text } = templates.write('new-device', 'en', own, 'ann@example.com');
  for (const shown of ['ann@example.com', 'Firefox 140.0.1', '192.0.2.1'])
    assert.ok(text.includes(shown), text);
  assert.ok(templates.write('new-device', 'en', { ...own, login: 'ann.smith' }).text.includes('ann. smith'));
});

test('a name with a line break starts no header', () => {
  const { subject } = loadTemplates(undefined).write('invitation', 'en', {
    ...values,
    site: 'Works\r\nBcc: x@example.com',
  });
  assert.ok(!/[\r\n]/.test(subject));
});

test("a folder's templates take the place of the built-in ones, one by one", async (t) => {
  const folder = await folderWith(t, {
    'en/invitation.txt': 'Come to {{site}}\n\nHello {{name}}: {{link}}\n',
    'fr/invitation.txt': 'Venez\n\nBonjour {{name}}\n',
    'fr/invitation.html': '<h1>Bonjour {{name}}</h1>',
  });
  const templates = loadTemplates(folder);
  const given = { ...values, name: '<Ann>' };
  assert.equal(templates.write('invitation', 'en', given).subject, 'Come to Works');
  assert.equal(templates.write('invitation', 'fr-CA', given).html, '<h1>Bonjour &#60;Ann&#62;</h1>');
  assert.equal(templates.write('invitation', 'fr-CA', given).text, 'Bonjour <Ann>\n');
  assert.match(templates.write('new-device', 'fr', given).subject, /new device/);
  assert.match(templates.write('invitation', 'de', given).subject, /^Einladung/);
});

test('a folder that cannot be used is refused, with the reason', async (t) => {
  const cases: readonly (readonly [Record<string, string>, RegExp])[] = [
    [{ 'en/inivtation.txt': 'x' }, /no mail has that name/],
    [
      { 'en/invitation.txt': 'Come\n\n{{password}}' },
      /shows \{\{password\}\}, which its mail does not have; it has name/,
    ],
    [{ 'en/invitation.html': '<p>Come</p>' }, /needs invitation\.txt/],
  ];
  for (const [files, reason] of cases) {
    const folder = await folderWith(t, files);
    assert.throws(
      () => loadTemplates(folder),
      (error: Error) => error instanceof TemplateError && reason.test(error.message),
    );
  }
  assert.throws(() => loadTemplates('/nowhere'), TemplateError);
});
