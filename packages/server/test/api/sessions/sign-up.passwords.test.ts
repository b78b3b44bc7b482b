import assert from 'node:assert/strict';
import { refused, run, scenario } from '../../support/scenario.ts';
import { newLogin, onEachStore, signUpBody } from '../../support/world.ts';

const signUp = (json: unknown) => ({ method: 'POST', path: '/api/v1/signup', json });
const short = (name: string, password: string) =>
  refused(name, signUp(signUpBody({ password })), 'PASSWORD_TOO_SHORT');
const long = (name: string, password: string) =>
  refused(name, signUp(signUpBody({ password })), 'PASSWORD_TOO_LONG');
const common = (name: string, password: string) =>
  refused(name, signUp(signUpBody({ password })), 'PASSWORD_TOO_COMMON');

/** It is taken, signs in as it was typed or respelled, and nothing close to it does. */
const good = (name: string, password: string, respelled = password) =>
  scenario({
    name,
    given: async () => signUpBody({ password }),
    request: signUp,
    cookie: 'set',
    async afterwards({ login }, _answer, w) {
      await w.again({ login, password: respelled });
      const characters = [...password];
      const near = [
        characters.slice(0, -1).join(''),
        characters.slice(0, 72).join(''),
        `${password} `,
        password.trim(),
        password.toUpperCase(),
        password.split('\u0000')[0]!,
      ];
      for (const wrong of near.filter((text) => text !== password)) {
        const json = { login, password: wrong };
        const answer = await w.call({ method: 'POST', path: '/api/v1/signin', json });
        assert.equal(answer.json.code, 'WRONG_PASSWORD', JSON.stringify(wrong));
      }
    },
  });

const emoji = ['😀', '🦊', '🍕', '🚀', '🎸', '🌵', '🐙', '🧭', '🪁', '🥨', '🛶', '🎲', '🧩', '🪐', '🦜'];
const text = (length: number) =>
  Array.from({ length }, (_, i) => 'qwzjvkxbpydgm'[(i * i + 3 * i) % 13]).join('');
const composed = `crème brûlée ${text(8)}`.normalize('NFC');

onEachStore(
  'a new password',
  (world) => {
    run(world, [
      short('empty', ''),
      short('14 characters', text(14)),
      good('15 characters', text(15)),
      short('14 emoji, which are 28 code units', emoji.slice(1).join('')),
      good('15 emoji', emoji.join('')),
      good('256 characters', text(256)),
      good('256 emoji, which are 1024 bytes', emoji.join('').repeat(18).slice(0, 512)),
      long('257 characters', text(257)),
      long('5000 characters', text(5000)),
      long('200000 characters', text(200_000)),
      good('composed, then decomposed', composed, composed.normalize('NFD')),
      good('decomposed, then composed', composed.normalize('NFD'), composed),
      short('14 characters once composed', 'é'.normalize('NFD').repeat(7) + text(7)),
      good('a NUL counts and cuts nothing off', `${text(15)}\u0000a`),
      good('spaces around it stay', `  ${text(14)}  `),
      good('Hebrew and Chinese', 'סיסמה ארוכה מאוד 密码很长很长'),
      common('one character', 'a'.repeat(20)),
      common('a run', 'abcdefghijklmnopq'),
      common('the product', 'latchkeylatchkey123'),
      scenario({
        name: 'the login and digits',
        given: async () => ({ login: newLogin() }),
        request: ({ login }) => signUp(signUpBody({ login, password: `${login}${login}1234` })),
        code: 'PASSWORD_TOO_COMMON',
      }),
    ]);
  },
  { engines: ['sqlite'] },
);
