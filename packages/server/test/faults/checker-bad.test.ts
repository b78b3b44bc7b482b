import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RuleName, violationsOf } from './support/checker.ts';
import {
  change,
  check,
  close,
  log,
  mixed,
  network,
  none,
  server,
  stream,
  told,
  verifier,
} from './support/hand-made.ts';
import type { Operation } from './support/history.ts';

const bad: Record<string, [rule: RuleName, history: readonly Operation[]]> = {
  'the server accepts after the answer': [
    'refusesWhatEnded',
    [close(5000), check('server', 5001, 'accepted')],
  ],
  'a verifier accepts beyond the bound': ['refusesWhatEnded', [close(5000), check('v', 6500, 'accepted')]],
  'a verifier never hears of it': ['refusesWhatEnded', [close(5000), check('v', 60_000, 'accepted')]],
  'a verifier that is cut off accepts beyond its staleness': [
    'refusesWhatEnded',
    [network(4000, 'poor'), close(5000), check('v', 9500, 'accepted')],
  ],
  'a network that was good for long enough before it was cut': [
    'refusesWhatEnded',
    [close(5000), network(6500, 'cut'), check('v', 6600, 'accepted')],
  ],
  'a verifier does not heal': [
    'refusesWhatEnded',
    [network(5000, 'cut'), close(5100), network(6000, 'good'), check('v', 8500, 'accepted')],
  ],
  'a verifier that begins later accepts': [
    'refusesWhatEnded',
    [close(5000), { ...verifier, node: 'w', at: 6000 }, check('w', 6100, 'accepted')],
  ],
  'a change does not arrive': ['refusesWhatEnded', [change(5000), check('v', 6500, 'accepted')]],
  'a lost closing that the server has shown to be done': [
    'refusesWhatEnded',
    [
      network(5000, 'cut', 'server'),
      close(5100, 'lost'),
      network(6000, 'good', 'server'),
      check('server', 9000, 'refused'),
      check('v', 10_500, 'accepted'),
    ],
  ],
  'an acknowledged closing is lost by a restart': [
    'refusesWhatEnded',
    [
      close(5000),
      network(5001, 'cut', 'server'),
      network(6000, 'good', 'server'),
      check('server', 9000, 'accepted'),
    ],
  ],
  'a node refuses, then accepts': [
    'staysRefused',
    [close(5000), check('v', 5100, 'refused'), check('v', 5200, 'accepted')],
  ],
  'another token of a session that was refused': [
    'staysRefused',
    [close(5000), check('v', 5100, 'refused', { token: 'a/2' }), check('v', 5200, 'accepted')],
  ],
  'a verifier goes on without its feed': [
    'stopsWhenCut',
    [network(5000, 'cut'), check('v', 9500, 'accepted')],
  ],
  'a credential of another session is taken': ['comparesCredentials', [mixed('accepted')]],
  'a good session is refused': ['refusesNothingElse', [check('v', 10, 'refused')]],
  'a good session is refused in an outage': [
    'refusesNothingElse',
    [network(5000, 'cut', 'server'), check('server', 5100, 'refused')],
  ],
  'a session is refused before it is closed': [
    'refusesNothingElse',
    [check('v', 10, 'refused'), close(5000)],
  ],
  'a session is signed out where only its token is old': [
    'refusesNothingElse',
    [change(5000), check('v', 5100, 'refused')],
  ],
  'a new token is taken to be old': [
    'refusesNothingElse',
    [change(5000), check('v', 5100, 'stale', { token: 'a/2' })],
  ],
  'a token is out of its time': ['keepsTime', [check('v', 10, 'untimely')]],
  'a verifier stays away when the network is good again': [
    'answersWhenReached',
    [network(5000, 'cut'), network(6000, 'good'), check('v', 9000, 'unavailable')],
  ],
  'a verifier is never ready': ['answersWhenReached', [check('v', 3000, 'unavailable')]],
  'a check throws something else': ['answersWhenReached', [check('v', 10, 'failed')]],
  'a closing fails': ['endsWhenReached', [close(5000, 'failed')]],
  'a closing is not answered although nothing is broken': ['endsWhenReached', [close(5000, 'lost')]],
  'the log has a gap': ['isGapFree', [log(9000, [], { head: 3, entries: [none(1), none(3)] })]],
  'the log does not reach its head': ['isGapFree', [log(9000, [], { head: 1 })]],
  'the log forgets': [
    'isAppendOnly',
    [log(1, [], { head: 2, entries: [none(1), none(2)] }), log(2, [], { head: 1, entries: [none(1)] })],
  ],
  'the log is written anew': [
    'isAppendOnly',
    [close(1), close(2, 'done', { session: 'b' }), log(1000, ['a', 'b']), log(2000, ['b', 'a'])],
  ],
  'a closing leaves no entry': ['hasOneEntryForEachEnd', [close(5000), log(9000, [])]],
  'a closing leaves two': ['hasOneEntryForEachEnd', [close(5000), log(9000, ['a', 'a'])]],
  'an entry tells of nothing': ['hasOneEntryForEachEnd', [log(9000, ['a'])]],
  'a verifier tells twice': ['tellsOnceInOrder', [close(900), told('a', 1), told('a', 2)]],
  'a verifier tells again of what it has told': [
    'tellsOnceInOrder',
    [close(900), told('a', 1), told('a', 1)],
  ],
  'a verifier tells out of order': ['tellsOnceInOrder', [told('b', 2), told('a', 1)]],
  'a carrier has lost an end': [
    'carriesEachEndOnce',
    [close(5000), close(5100, 'done', { session: 'b' }), stream('2:b')],
  ],
  'a carrier has an end twice': ['carriesEachEndOnce', [close(5000), stream('1:a', '2:a')]],
  'a carrier has an end that nobody asked for': ['carriesEachEndOnce', [close(5000), stream('1:a', '2:b')]],
  'a carrier has ends out of the order of the log': [
    'carriesInOrder',
    [close(5000), close(5005, 'done', { session: 'b' }), stream('2:b', '1:a')],
  ],
  'a carrier has ends out of the order in which they were answered': [
    'carriesInOrder',
    [close(5000), close(6000, 'done', { session: 'b' }), stream('1:b', '2:a')],
  ],
  'a verifier does not tell': ['tellsOfEveryEnd', [close(5000), log(20_000, ['a'])]],
};

for (const [name, [rule, history]] of Object.entries(bad)) {
  test(`it is found when ${name}`, () => {
    const rules = violationsOf([server, verifier, ...history]).map((what) => what.split(':')[0]);
    assert.ok(rules.includes(rule), `${rule} was not broken, but ${rules.join(', ')}`);
  });
}

test('a rule that a run breaks on purpose is left out', () => {
  const history = [server, verifier, check('v', 10, 'untimely')];
  assert.deepEqual(violationsOf(history, { without: ['keepsTime'] }), []);
});

test('many violations of one rule are five and their number', () => {
  const history = [server, verifier, ...Array.from({ length: 9 }, (_, i) => check('v', i, 'refused'))];
  const found = violationsOf(history);
  assert.equal(found.length, 6);
  assert.equal(found.at(-1), 'refusesNothingElse: 9 in all');
});
