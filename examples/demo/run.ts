// Shows Latchkey's promise with real processes: npm run demo
import { randomBytes } from 'node:crypto';
import { type Client, createClient } from '@latchkey/client';
import { Processes } from '../support/processes.ts';

/** Milliseconds within which a closed session must be refused. */
const bound = 1000;

const processes = new Processes();
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    interrupted = true;
    void processes.stop().then(() => process.exit(signal === 'SIGINT' ? 130 : 143));
  });
}

try {
  await tell(processes);
  await processes.stop();
  console.log('\nEverything has been stopped and removed.');
} catch (error) {
  await processes.stop();
  if (!interrupted) console.error(`\nThe demo failed: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

async function tell(processes: Processes): Promise<void> {
  const started = performance.now();
  const { url, child } = await processes.startLatchkey();
  console.log(`Latchkey runs at ${url}, ready after ${since(started)} ms, with an empty database.`);
  const services: [string, string][] = [];
  for (const name of ['orders', 'reports']) {
    const { key } = await processes.command<{ readonly key: string }>('services', 'add', name);
    services.push([name, await processes.startService(name, url, key)]);
    console.log(`The service ${name.padEnd(7)} runs at ${services.at(-1)![1]} and follows Latchkey's log.`);
  }

  const person = { login: 'ada', password: randomBytes(12).toString('base64url') };
  const [laptop, phone] = [createClient({ baseUrl: url }), createClient({ baseUrl: url })];
  const { data: signedUp } = await laptop.POST('/api/v1/signup', { body: { name: 'Ada', ...person } });
  const { data: signedIn } = await phone.POST('/api/v1/signin', { body: person });
  expect(signedUp !== undefined && signedIn !== undefined, 'Ada could not sign up and in');
  console.log('\nAda signs up on her laptop, and signs in on her phone: two sessions.');

  const proofs = { laptop: await proofOf(laptop), phone: await proofOf(phone) };
  child.kill('SIGSTOP');
  console.log('The laptop calls both services. Latchkey is halted meanwhile, so they cannot ask it:');
  for (const [name, service] of services) {
    const times: number[] = [];
    for (let calls = 0; calls < 50; calls += 1) {
      const { status, time } = await call(service, proofs.laptop);
      expect(status === 200, `${name} answered ${status} instead of 200`);
      times.push(time);
    }
    const median = times.sort((a, b) => a - b)[25]!.toFixed(1);
    console.log(`  ${name.padEnd(7)}  200  ${median} ms a call, all of HTTP included`);
  }
  child.kill('SIGCONT');

  const path = { user_id: signedUp.user_id, session_id: proofs.laptop.credential.split('.')[0]! };
  const { data: closed } = await phone.DELETE('/api/v1/sessions/{user_id}/{session_id}', {
    params: { path },
  });
  const answered = performance.now();
  expect(closed?.active === false, "the phone could not close the laptop's session");
  console.log("\nThe phone closes the laptop's session. The laptop calls again, and is refused:");
  const refusals = services.map(async ([name, service]) => {
    const calls = await untilRefused(name, service, proofs.laptop, answered);
    console.log(
      `  ${name.padEnd(7)}  401  ${since(answered)} ms after the answer to the phone, call ${calls}`,
    );
  });
  await Promise.all(refusals);

  console.log('The phone goes on:');
  for (const [name, service] of services) {
    const { status } = await call(service, proofs.phone);
    console.log(`  ${name.padEnd(7)}  ${status}`);
    expect(status === 200, `${name} answered ${status} instead of 200`);
  }
}

interface Proof {
  readonly token: string;
  readonly credential: string;
}

/** What the client would send by itself; the demo sends it by hand, to see the answers unchanged. */
async function proofOf(client: Client): Promise<Proof> {
  const token = await client.token();
  expect(token !== undefined && client.credential !== undefined, 'there is no token');
  return { token, credential: client.credential };
}

async function call(url: string, { token, credential }: Proof): Promise<{ status: number; time: number }> {
  const begin = performance.now();
  const headers = { authorization: `Bearer ${token}`, cookie: `x-session-id=${credential}` };
  const answer = await fetch(url, { headers, signal: AbortSignal.timeout(5000) });
  await answer.arrayBuffer();
  return { status: answer.status, time: performance.now() - begin };
}

/** Calls until the service refuses. How many it took. */
async function untilRefused(name: string, url: string, proof: Proof, answered: number): Promise<number> {
  for (let calls = 1; ; calls += 1) {
    const { status } = await call(url, proof);
    expect(performance.now() - answered < bound, `${name} refused later than ${bound} ms after the closing`);
    if (status === 401) return calls;
    expect(status === 200, `${name} answered ${status} instead of 401`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

function since(begin: number): string {
  return (performance.now() - begin).toFixed(0);
}

function expect(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Error(otherwise);
}
