import { isoTime } from '../../kernel/time.ts';
import { databaseView } from '../../log/followers/database-view.ts';
import { type ListedFollower, listFollowers } from '../../log/followers/list-followers.ts';
import { listServices } from '../../log/services/list-services.ts';
import type { Command } from '../frame/command.ts';
import { line, serviceSummary } from '../frame/show.ts';

export const command: Command = {
  usage: '',
  help: `Lists the services that may follow the feed, and the verifiers of each: whether it is connected, by a stream or by
polling, the last position of the log that it has applied, how many entries and seconds it is behind, and its last
contact. Connected verifiers are asked for their position and have a second to answer.`,
  async run(call) {
    const { services, verifiers, now } = await call.withContext(async ({ context }) => ({
      services: await listServices(context),
      verifiers: await listFollowers(context, databaseView(context)),
      now: context.clock.now(),
    }));
    const listed = services.map((service) => {
      const own = verifiers.filter((verifier) => verifier.service === service.name);
      return { service, own, connected: own.filter((verifier) => verifier.connected).length };
    });
    call.answer(
      {
        data: listed.map(({ service, own, connected }) => ({
          ...serviceSummary(service),
          connected,
          verifiers: own.map((verifier) => followerSummary(verifier, now)),
        })),
      },
      listed.flatMap(({ service, own, connected }) => [
        line(isoTime(service.createTime), service.name, `${connected} connected`),
        ...own.map((verifier) => followerLine(verifier, now)),
      ]),
    );
    return undefined;
  },
};

function followerSummary({ id, connected, kind, position, lag, contactAge }: ListedFollower, now: number) {
  return { id, connected, kind, position, lag, last_contact: isoTime(now - contactAge) };
}

function followerLine(verifier: ListedFollower, now: number): string {
  const { id, connected, kind, position, lag, contactAge } = verifier;
  const behind = lag.entries === 0 ? 'up to date' : `${lag.entries} entries, ${lag.seconds} s behind`;
  const state = connected ? 'connected' : 'gone     ';
  return line('', id, state, kind, `at ${position}`, behind, `last contact ${isoTime(now - contactAge)}`);
}
