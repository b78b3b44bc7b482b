/** The manifest of the docs: a server with its environment, beside what Kubernetes adds to a pod. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { configVariables } from '../../src/config/config.ts';
import { makeDatabase } from '../support/stores.ts';
import { freePort, newFolder, startServer } from './support/server-process.ts';

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

interface Container {
  readonly args: readonly string[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly startupProbe: Probe;
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
}

interface Deployment {
  readonly spec: {
    readonly template: {
      readonly metadata: { readonly labels: object };
      readonly spec: {
        readonly terminationGracePeriodSeconds: number;
        readonly containers: readonly [Container];
        readonly volumes: readonly { readonly name: string }[];
      };
    };
  };
}

interface Service {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly selector: object;
    readonly ports: readonly { readonly name: string; readonly port: number; readonly targetPort: string }[];
  };
}

function readManifest(): { readonly deployment: Deployment; readonly service: Service } {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/kubernetes.md'), 'utf8');
  const text = /```yaml\n([^`]+)```/.exec(page)?.[1] ?? '';
  const documents = parseAllDocuments(text, { strict: true, version: '1.1' });
  assert.ok(
    Array.isArray(documents) &&
      documents.every(({ errors, warnings }) => errors.length + warnings.length === 0),
  );
  const [deployment, service] = documents.map((document) => document.toJS() as unknown);
  return { deployment: deployment as Deployment, service: service as Service };
}

/** What the kubelet adds to every pod for the Services of its namespace. */
function variablesOf({ metadata, spec }: Service): Record<string, string> {
  const name = metadata.name.toUpperCase().replaceAll('-', '_');
  const [address, first] = ['10.43.7.11', spec.ports[0]!.port];
  const variables: Record<string, string> = {
    [`${name}_SERVICE_HOST`]: address,
    [`${name}_SERVICE_PORT`]: String(first),
    [`${name}_PORT`]: `tcp://${address}:${first}`,
  };
  for (const { name: port, port: number } of spec.ports) {
    const prefix = `${name}_PORT_${number}_TCP`;
    Object.assign(variables, {
      [`${name}_SERVICE_PORT_${port.toUpperCase().replaceAll('-', '_')}`]: String(number),
      [prefix]: `tcp://${address}:${number}`,
      [`${prefix}_PROTO`]: 'tcp',
      [`${prefix}_PORT`]: String(number),
      [`${prefix}_ADDR`]: address,
    });
  }
  return variables;
}

/** Files as Kubernetes mounts a secret: links to a folder that is replaced as a whole. */
function mountSecret(folder: string, values: Readonly<Record<string, string>>): void {
  mkdirSync(join(folder, '..2026_11_28'), { recursive: true });
  symlinkSync('..2026_11_28', join(folder, '..data'));
  for (const [name, value] of Object.entries(values)) {
    writeFileSync(join(folder, '..data', name), value);
    symlinkSync(join('..data', name), join(folder, name));
  }
}

describe('the manifest for Kubernetes', () => {
  const { deployment, service } = readManifest();
  const { spec: pod, metadata } = deployment.spec.template;
  const [container] = pod.containers;
  const env = Object.fromEntries(container.env.map(({ name, value }) => [name, value]));

  it('fits together', () => {
    assert.deepEqual(service.spec.selector, metadata.labels);
    assert.deepEqual(container.ports, [{ name: 'http', containerPort: Number(env.PORT) }]);
    assert.ok(service.spec.ports.every(({ targetPort }) => targetPort === container.ports[0]!.name));
    const names = container.volumeMounts.map(({ name }) => name);
    assert.deepEqual(
      names,
      pod.volumes.map(({ name }) => name),
    );
    assert.ok(pod.terminationGracePeriodSeconds > 5 + 20);
    const known = configVariables.flatMap(({ name }) => [name, `${name}_FILE`]);
    for (const [name, value] of Object.entries(env)) {
      assert.ok(known.includes(name), name);
      if (value.startsWith('/')) {
        assert.ok(
          container.volumeMounts.some(({ mountPath }) => value.startsWith(mountPath)),
          name,
        );
      }
    }
  });

  it('starts a server that answers its probes, and stops with 0', async (t) => {
    const folder = newFolder();
    t.after(() => folder.remove());
    const undo: (() => Promise<void>)[] = [];
    t.after(async () => {
      for (const run of undo.toReversed()) await run();
    });
    const { url = '' } = await makeDatabase('postgres', (run) => void undo.push(run));
    const inFolder = (text: string) => (text.startsWith('/') ? join(folder.path, text) : text);
    mountSecret(inFolder(container.volumeMounts[0]!.mountPath), {
      'database-url': `${url}\n`,
      'master-key': `\uFEFF${'00112233445566778899aabbccddeeff'.repeat(2)}\r\n`,
    });
    const settings = Object.entries(env).map(([name, value]) => [name, inFolder(value)]);
    const server = await startServer({
      ...Object.fromEntries(settings),
      ...variablesOf(service),
      LATCHKEY_SMTP_URL: '',
      PORT: await freePort(),
      HOME: '',
    });
    t.after(() => server.child.kill('SIGKILL'));
    for (const { httpGet } of [container.startupProbe, container.livenessProbe, container.readinessProbe]) {
      assert.equal((await server.client.call({ method: 'GET', path: httpGet.path })).status, 200);
    }
    const discovery = await server.client.call({ method: 'GET', path: '/.well-known/latchkey' });
    assert.equal(discovery.json.issuer, env.LATCHKEY_PUBLIC_URL);
    const made = Object.keys(variablesOf(service)).join(', ');
    assert.ok(server.stdout().includes(`Left alone, as Kubernetes or Docker made them: ${made}.`));
    assert.deepEqual(await server.end('SIGTERM'), { code: 0, signal: null });
  });
});
