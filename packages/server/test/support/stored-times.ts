import { checkCode } from '../../src/identity/codes/check-code.ts';
import { type CodePurpose, codeLife } from '../../src/identity/codes/code.ts';
import { issueCode } from '../../src/identity/codes/issue-code.ts';
import { deliverMails } from '../../src/identity/mails/deliver-mails.ts';
import { pruneMails } from '../../src/identity/mails/prune-mails.ts';
import { queueMail } from '../../src/identity/mails/queue-mail.ts';
import { countMove, takeRoom } from '../../src/identity/mails/take-room.ts';
import { isBlocked } from '../../src/identity/passwords/tries.ts';
import { AppError } from '../../src/kernel/errors.ts';
import type { SiteId } from '../../src/kernel/ids.ts';
import { MailError } from '../../src/kernel/ports.ts';
import { pruneLog } from '../../src/log/prune-log.ts';
import { forgetRelays } from '../../src/log/relay/forget-relays.ts';
import { findLiveSession } from '../../src/sessions/find-live-session.ts';
import { forgetSessions } from '../../src/sessions/forget-sessions.ts';
import { requireFresh } from '../../src/sessions/require-fresh.ts';
import { aliveInvitations, statusOf } from '../../src/sites/invitations/invitation.ts';
import { noteSend } from '../../src/sites/invitations/note-send.ts';
import { pruneInvitations } from '../../src/sites/invitations/prune-invitations.ts';
import { asked, invited, storedInvitation } from './invitations.ts';
import { signIn } from './tries.ts';
import { newAddress, newPassword, type World } from './world.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Something that a stored time holds, and for how long at most. */
export interface Wait {
  /** Milliseconds. */
  readonly longest: number;
  /** Whether it may already be over while the clock is behind, and stay so. */
  readonly endsBehind?: boolean;
  /** Begins the wait. Returns the function that says whether it still holds. */
  begin(w: World): Promise<() => Promise<boolean>>;
  /** What goes on while it holds. */
  meanwhile?(w: World): Promise<void>;
}

const page = { skip: 0, take: 100, total: false };

/** Whether the work is refused with that code. */
async function isRefused(code: string, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return false;
  } catch (error) {
    if (error instanceof AppError && error.code === code) return true;
    throw error;
  }
}

async function isLive(w: World, id: string): Promise<boolean> {
  return (await findLiveSession(w.app.context, id as never)) !== undefined;
}

function codeOf(purpose: CodePurpose, life: number): Wait {
  return {
    longest: life,
    async begin(w) {
      const { context } = w.app;
      const { id: accountId } = await w.person();
      const issued = { accountId, purpose, subject: '', life };
      const { code } = await context.transaction((tx) => issueCode(context, tx, issued));
      return async () =>
        !(await isRefused('CODE_EXPIRED', () => checkCode(context, accountId, purpose, code)));
    },
  };
}

/** Queues a mail of a kind that strangers can ask for. Returns its id. */
async function queued(w: World): Promise<string> {
  const { context } = w.app;
  const { id: accountId, name } = await w.person();
  const mail = {
    kind: 'recover-password',
    accountId,
    to: newAddress(),
    proven: false,
    name,
    language: 'en',
    values: {},
  } as const;
  await context.transaction((tx) => queueMail(context, tx, mail));
  return (await context.read.mails.list({ accountId }, page)).data[0]!.id;
}

const mailOf = async (w: World, id: string) => {
  const all = { ...page, take: 10_000 };
  return (await w.app.context.read.mails.list({}, all)).data.find((mail) => mail.id === id);
};

const deliver = (w: World, failure?: MailError) =>
  deliverMails(w.app.context, {
    async send() {
      if (failure) throw failure;
    },
  });
const unreachable = new MailError('unreachable', 'nobody is there');

const invitation = (w: World, id: string) => async (): Promise<boolean> => {
  const { clock, read } = w.app.context;
  const found = (await storedInvitation(w, id))!;
  const filter = { siteId: found.siteId, status: 'pending' } as const;
  const { data } = await read.invitations.list(filter, aliveInvitations(clock), page);
  const isPending = statusOf(found, clock) === 'pending';
  if (isPending !== data.some((each) => each.id === id)) throw new Error('one way of reading says otherwise');
  return isPending;
};

/** Every wait that begins with a stored time, by name. */
export const waits: Readonly<Record<string, Wait>> = {
  'idle limit': {
    longest: day,
    async begin(w) {
      const { sessionId } = await w.person();
      return () => isLive(w, sessionId);
    },
  },
  'absolute limit': {
    longest: 30 * day,
    async begin(w) {
      const { sessionId } = await w.person();
      used.set(w, sessionId);
      return () => isLive(w, sessionId);
    },
    async meanwhile(w) {
      const id = used.get(w) as never;
      await w.app.context.transaction((tx) => tx.sessions.touch(new Map([[id, w.app.context.clock.now()]])));
    },
  },
  'proof of presence': {
    longest: 5 * minute,
    async begin(w) {
      const { context } = w.app;
      const session = (await w.session((await w.person()).sessionId))!;
      return async () =>
        !(await isRefused('REAUTH_REQUIRED', () => requireFresh(context, context.read, session)));
    },
  },
  'closed session': {
    longest: 90 * day,
    async begin(w) {
      const { context } = w.app;
      const { sessionId } = await w.person();
      await context.endSession(sessionId, 'signout');
      return async () => {
        await pruneLog(context);
        await forgetSessions(context);
        return (await w.session(sessionId)) !== undefined;
      };
    },
  },
  'wait after wrong passwords': {
    longest: second,
    async begin(w) {
      const { context } = w.app;
      const { id, login } = await w.person();
      for (let i = 0; i < 5; i++) await signIn(w, login, newPassword());
      return async () => isBlocked((await context.read.passwords.find(id))!.tries, context.clock);
    },
  },
  'recovery code': codeOf('recover', codeLife.recover),
  'first recovery code': codeOf('recover', codeLife['set-password']),
  'code to verify an address': codeOf('verify-email', codeLife['verify-email']),
  'one-time password': codeOf('temp-password', codeLife['temp-password']),
  'one-time password in its session': codeOf('temp-session', codeLife['temp-session']),
  'limit of mails': {
    longest: hour,
    async begin(w) {
      const { context } = w.app;
      const mail = { kind: 'verify-email', to: newAddress(), proven: false } as const;
      const isFull = async () => !(await context.transaction((tx) => takeRoom(context, tx, mail)));
      for (let i = 0; i < 5; i++) if (await isFull()) throw new Error('there is room for five');
      return isFull;
    },
  },
  'limit of changes of an address': {
    longest: hour,
    async begin(w) {
      const { context } = w.app;
      const { id } = await w.person();
      const move = () => context.transaction((tx) => countMove(context, tx, id));
      while (!(await isRefused('TOO_MANY_REQUESTS', move)));
      return () => isRefused('TOO_MANY_REQUESTS', move);
    },
  },
  'mail to be tried again': {
    longest: 75 * minute,
    async begin(w) {
      const id = await queued(w);
      while ((await mailOf(w, id))!.attempts === 0) await deliver(w, unreachable);
      return async () => {
        while ((await deliver(w)).more);
        return (await mailOf(w, id))!.status === 'waiting';
      };
    },
  },
  'mail that is being sent': {
    longest: 5 * minute,
    async begin(w) {
      const { context } = w.app;
      const id = await queued(w);
      const due = { waiting: context.clock.holding(0), sending: context.clock.holding(0) };
      const lease = context.clock.now() + 5 * minute;
      await context.transaction((tx) => tx.mails.claim(10_000, due, lease));
      return async () => {
        while ((await deliver(w)).more);
        return (await mailOf(w, id))!.status === 'sending';
      };
    },
  },
  'mail that cannot be handed over': {
    longest: 72 * hour + 75 * minute,
    async begin(w) {
      const id = await queued(w);
      return async () => {
        await w.app.context.transaction((tx) => tx.mails.hurry(w.app.context.clock.now()));
        while ((await deliver(w, unreachable)).more);
        return (await mailOf(w, id))!.status === 'waiting';
      };
    },
  },
  'outcome of a mail': {
    longest: 30 * day,
    async begin(w) {
      const id = await queued(w);
      while ((await deliver(w)).more);
      return async () => {
        await pruneMails(w.app.context);
        return (await mailOf(w, id)) !== undefined;
      };
    },
  },
  invitation: { longest: 7 * day, begin: async (w) => invitation(w, (await invited(w)).id) },
  'request to join': { longest: 30 * day, begin: async (w) => invitation(w, (await asked(w)).id) },
  'limit of invitations': {
    longest: day,
    async begin(w) {
      const { context } = w.app;
      const senderId = (await w.person()).id;
      const siteId = `site-${senderId}` as SiteId;
      const send = () =>
        context.transaction((tx) =>
          noteSend(context, tx, { kind: 'invite', siteId, senderId, subject: 'ann@example.com' }),
        );
      while (!(await isRefused('TOO_MANY_REQUESTS', send)));
      return () => isRefused('TOO_MANY_REQUESTS', send);
    },
  },
  'old invitation': {
    longest: 90 * day,
    async begin(w) {
      const { id } = await invited(w);
      return async () => {
        await pruneInvitations(w.app.context);
        return (await storedInvitation(w, id)) !== undefined;
      };
    },
  },
  'entry of the log': {
    longest: 420 * second,
    // Tokens from before what is forgotten are made anew, so it harms nobody.
    endsBehind: true,
    async begin(w) {
      const { context } = w.app;
      const { sessionId } = await w.person();
      const { seq } = (await context.endSession(sessionId, 'signout'))!;
      return async () => {
        await pruneLog(context);
        return (await w.entriesSince(seq - 1)).some((entry) => entry.seq === seq);
      };
    },
  },
  'destination of a relay': {
    longest: day,
    async begin(w) {
      const { context } = w.app;
      const name = `redis://${newAddress()}`;
      await context.transaction((tx) => tx.relays.register(name, context.clock.now()));
      return async () => {
        await forgetRelays(context);
        return (await context.read.relays.list(name)).length > 0;
      };
    },
  },
};

const used = new WeakMap<World, string>();
