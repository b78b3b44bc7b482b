import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Request } from '../../support/client.ts';
import type { Operation } from './history.ts';
import { closingOf, end, type Session, signUp } from './people.ts';
import { askServer, type Held, ways } from './server-checks.ts';

/** What a workload works with. */
export interface Stage {
  readonly client: Client;
  readonly admin: Session;
  readonly record: (operation: Operation) => void;
  /** From now on the verifiers check it. */
  readonly show: (held: Held) => void;
  readonly hide: (held: Held) => void;
  /** Milliseconds for which tokens are shown, also after their end. */
  readonly shown: number;
}

/** People who come, change and go, two at a time, until it is stopped. Its promise fails when anything did. */
export function startWorkload(stage: Stage): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const work = async () => {
    while (!stopping.signal.aborted) await live(stage);
  };
  const done = Promise.all([work(), work()]);
  done.catch(() => stopping.abort());
  return {
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

/** Two devices of one person: roles change, one is closed, sometimes the other as well. */
async function live(stage: Stage): Promise<void> {
  const { client, admin, record } = stage;
  const { person, session } = await signUp(client);
  let laptop = await session.token();
  const other = await person.signIn();
  let phone = await other.token();
  show(stage, laptop);
  show(stage, phone);
  await askAll(stage, phone);
  await sleep(randomInt(100, 600));
  if (randomInt(2) === 0) {
    const headers = { 'x-session-id': admin.credential };
    const path = `/api/v1/roles/${person.userId}/grant`;
    const request = { method: 'POST', path, headers, json: { roles: ['auditor'] } };
    const tokens = [laptop.token, phone.token];
    await end(client, { way: 'change', session: laptop.session, tokens, request }, record);
    await askAll(stage, laptop);
    laptop = await session.token();
    phone = await other.token();
    show(stage, laptop);
    show(stage, phone);
    await sleep(randomInt(100, 600));
  }
  await end(client, closingOf(phone, laptop, person.userId), record);
  await askAll(stage, phone);
  await askAll(stage, laptop);
  await sleep(randomInt(100, 400));
  if (randomInt(3) > 0) return;
  const request = randomInt(2) === 0 ? signOutOf(laptop) : disablingOf(person.userId, admin);
  await end(client, { way: 'close', session: laptop.session, tokens: [], request }, record);
  await askAll(stage, laptop);
}

function signOutOf({ credential }: Held): Request {
  return { method: 'POST', path: '/api/v1/signout', headers: { 'x-session-id': credential } };
}

/** Cuts off all that the account has. */
function disablingOf(userId: string, { credential }: Session): Request {
  const headers = { 'x-session-id': credential };
  return { method: 'PUT', path: `/api/v1/accounts/${userId}`, headers, json: { active: false } };
}

async function askAll({ client, record }: Stage, held: Held): Promise<void> {
  for (const way of ways) await askServer(client, held, way, record);
}

function show(stage: Stage, held: Held): void {
  stage.show(held);
  setTimeout(() => stage.hide(held), stage.shown).unref();
}
