import { randomInt } from 'node:crypto';
import type { Client } from '../../support/client.ts';
import type { Operation } from './history.ts';
import { closingOf, end, signUp } from './people.ts';
import type { Held } from './server-checks.ts';

/** What became of the requests of a server that was killed. */
export interface CrashLoad {
  /** Every session that was acknowledged together with a token, whatever became of it. */
  readonly held: readonly Held[];
  /** Requests whose answers were lost, and how many of them were closings. */
  readonly unanswered: number;
  readonly lostClosings: number;
}

/**
 * Signs people up and in and closes their sessions, by several workers at once, until the service is gone. Calls
 * `closed` after each closing that is answered.
 */
export async function loadUntilGone(
  client: Client,
  workers: number,
  record: (operation: Operation) => void,
  closed: () => void,
): Promise<CrashLoad> {
  const held: Held[] = [];
  let unanswered = 0;
  let lostClosings = 0;

  /** A person with three sessions, of which one or two are closed, each in a way of its own. */
  async function live(): Promise<void> {
    const { person, session } = await signUp(client);
    const keep = async (opened: typeof session) => {
      const token = await opened.token();
      held.push(token);
      return token;
    };
    const first = await keep(session);
    const second = await keep(await person.signIn());
    await close(closingOf(second, first, person.userId));
    const third = await keep(await person.signIn());
    if (randomInt(2) === 0) await close(closingOf(third, first, person.userId));
  }

  async function close(ending: ReturnType<typeof closingOf>): Promise<void> {
    if ((await end(client, ending, record)) !== 'lost') return closed();
    lostClosings += 1;
    throw new Gone();
  }

  async function work(): Promise<void> {
    for (;;) {
      try {
        await live();
      } catch (error) {
        // A refusal is a fault of the test or of the service; anything else is the service's end.
        if ((error as { readonly code?: unknown }).code === 'ERR_ASSERTION') throw error;
        unanswered += 1;
        return;
      }
    }
  }

  await Promise.all(Array.from({ length: workers }, work));
  return { held, unanswered, lostClosings };
}

class Gone extends Error {}
