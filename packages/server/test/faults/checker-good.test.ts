import assert from 'node:assert/strict';
import { test } from 'node:test';
import { violationsOf } from './support/checker.ts';
import {
  change,
  check,
  close,
  log,
  mixed,
  network,
  pause,
  server,
  stream,
  told,
  verifier,
} from './support/hand-made.ts';
import type { Operation } from './support/history.ts';

const good: Record<string, readonly Operation[]> = {
  'a session that nobody closes': [check('server', 10, 'accepted'), check('v', 10, 'accepted')],
  'a closing that arrives in time': [
    check('v', 4100, 'accepted'),
    close(5000),
    check('server', 5001, 'refused'),
    check('v', 6300, 'accepted'),
    check('v', 6400, 'refused'),
    check('v', 9000, 'refused'),
    told('a', 1, 6390),
    log(20_000, ['a']),
  ],
  'a carrier that has each end once, in order': [
    close(5000),
    close(5005, 'done', { session: 'b' }),
    network(5900, 'cut', 'server'),
    close(6000, 'lost', { session: 'c' }),
    close(7000, 'lost', { session: 'd' }),
    told('b', 1, 5010),
    told('a', 2, 5010),
    stream('1:b', '2:a', '4:d'),
  ],
  'a check that was under way': [close(5000), check('server', 4999, 'accepted', { end: 5100 })],
  'a closing while the verifier is cut off': [
    network(5000, 'cut'),
    close(5500),
    check('v', 9300, 'accepted'),
    check('v', 9500, 'unavailable'),
    network(10_000, 'good'),
    check('v', 12_300, 'unavailable'),
    check('v', 12_500, 'refused'),
    told('a', 1, 12_450),
  ],
  'a question that is answered when the network is good again': [
    network(5000, 'cut'),
    check('v', 9900, 'accepted', { end: 10_100 }),
    network(10_000, 'good'),
  ],
  'what arrives late': [
    network(5000, 'poor', 'v', 1500),
    close(6000),
    check('v', 11_800, 'accepted'),
    check('v', 12_000, 'refused'),
  ],
  'a process that was held up': [
    close(5000),
    pause(5100, 7100),
    check('v', 8300, 'accepted'),
    check('v', 8500, 'refused'),
    told('a', 1, 8400),
  ],
  'a closing whose answer was lost, and that was not done': [
    network(5000, 'cut', 'server'),
    close(5100, 'lost'),
    network(6000, 'good', 'server'),
    check('server', 9000, 'accepted'),
    check('v', 9000, 'accepted'),
  ],
  'a closing whose answer was lost, and that was done': [
    network(5000, 'cut', 'server'),
    close(5100, 'lost'),
    network(6000, 'good', 'server'),
    check('server', 9000, 'refused'),
    check('v', 11_000, 'refused'),
  ],
  'a change of what a token says': [
    change(5000),
    check('v', 5100, 'accepted'),
    check('v', 5200, 'stale'),
    check('v', 5300, 'accepted', { token: 'a/2' }),
    check('server', 5300, 'accepted', { token: 'a/-' }),
  ],
  'a verifier that begins later': [
    close(5000),
    { ...verifier, node: 'w', at: 6000 },
    check('w', 6100, 'unavailable'),
    check('w', 6500, 'refused'),
    told('a', 1, 5500),
  ],
  'a pruned log': [close(5000), told('a', 1), log(8000, ['a']), log(9000, [], { pruned: 1, head: 1 })],
  'an outage of the server': [
    network(5000, 'poor', 'server'),
    check('server', 5500, 'unavailable'),
    close(5600, 'unavailable'),
    network(6000, 'good', 'server'),
    check('server', 7500, 'unavailable'),
    check('server', 9000, 'accepted'),
  ],
  'credentials of two sessions': [mixed('refused'), mixed('unavailable')],
};

for (const [name, history] of Object.entries(good)) {
  test(`nothing is wrong with ${name}`, () => {
    assert.deepEqual(violationsOf([server, verifier, ...history]), []);
  });
}
