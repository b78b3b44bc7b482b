import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCaddy } from './caddy.ts';
import { findProgram } from './debian-program.ts';
import { blocksOf, startNginx } from './nginx.ts';
import { type ReverseProxy, startProxyProcess } from './proxy-process.ts';

/** Ports of 127.0.0.1: where the gateway listens, and where the server does. */
export interface GatewayPorts {
  readonly gateway: number;
  readonly server: number;
}

/** A gateway in front of a server. */
export interface Gateway {
  readonly scheme: 'http' | 'https';
  /** Whether it appends to X-Forwarded-For; else it writes it anew. */
  readonly appends: boolean;
  start(ports: GatewayPorts): Promise<ReverseProxy>;
}

const block = (language: string) => blocksOf('behind-a-proxy.md', language)[0] ?? '';
const toServer = (text: string, { server }: GatewayPorts) =>
  text.replaceAll('127.0.0.1:8080', `127.0.0.1:${server}`);

/** A certificate for localhost that signs itself, which the TLS of this process takes as long as it is in its list. */
export const certificate = makeCertificate();

function makeCertificate(): { readonly key: string; readonly cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-cert-'));
  const [key, cert] = [join(folder, 'auth.key'), join(folder, 'auth.crt')];
  const args = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost';
  const files = ['-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', cert];
  const { status, stderr } = spawnSync('openssl', [...args.split(' '), ...files]);
  if (status !== 0) throw new Error(`openssl made no certificate: ${stderr}`);
  const made = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  rmSync(folder, { recursive: true });
  return made;
}

function startNginxWith(text: string, ports: GatewayPorts): Promise<ReverseProxy> {
  const files = {
    'servers.conf': toServer(text, ports),
    'auth.crt': certificate.cert,
    'auth.key': certificate.key,
  };
  return startNginx(files, ports.gateway);
}

const compressAll = 'gzip on; gzip_types *; gzip_proxied any; gzip_min_length 1;';

/** With what the docs say and nothing else, but that each compresses whatever it may. */
export const gateways: Readonly<Record<string, Gateway>> = {
  'Express with compression()': {
    scheme: 'http',
    appends: true,
    start: (ports) => {
      const code = toServer(block('js'), ports)
        .replace('8000', String(ports.gateway))
        // It runs in a folder of its own, without packages.
        .replace(/from '([^']+)'/g, (_, name: string) => `from '${import.meta.resolve(name)}'`);
      const args = ['--max-http-header-size=32768', 'gateway.mjs'];
      return startProxyProcess(process.execPath, { 'gateway.mjs': code }, ports.gateway, () => args);
    },
  },
  'nginx over HTTP/2': {
    scheme: 'https',
    appends: true,
    start: (ports) => {
      const text = block('nginx').replace('listen 443', `listen ${ports.gateway}`);
      return startNginxWith(text.replace('location /', `${compressAll} location /`), ports);
    },
  },
  'nginx over HTTP/2 that hands bodies on as they come': {
    scheme: 'https',
    appends: true,
    start: (ports) => {
      const text = block('nginx').replace('listen 443', `listen ${ports.gateway}`);
      return startNginxWith(text.replace('location /', 'proxy_request_buffering off; location /'), ports);
    },
  },
  'nginx as it is by default, with HTTP/1.0': {
    scheme: 'http',
    appends: false,
    start: (ports) => {
      const location = `proxy_pass http://127.0.0.1:8080; proxy_set_header X-Forwarded-For $remote_addr;`;
      const text = `listen ${ports.gateway}; large_client_header_buffers 4 32k; ${compressAll}`;
      return startNginxWith(`server { ${text} location / { ${location} } }`, ports);
    },
  },
  'Caddy with encode': {
    scheme: 'http',
    appends: false,
    start: (ports) =>
      startCaddy(
        toServer(block('caddyfile'), ports).replace('auth.example.com', `http://localhost:${ports.gateway}`),
        ports.gateway,
      ),
  },
  HAProxy: {
    scheme: 'http',
    appends: true,
    start: (ports) => {
      const text = toServer(block('haproxy'), ports)
        .replace('bind :8000', `bind 127.0.0.1:${ports.gateway}`)
        .replace(
          'option forwardfor',
          'option forwardfor\n  compression algo gzip\n  compression type text/event-stream',
        );
      const program = findProgram({
        names: ['/usr/sbin/haproxy', 'haproxy'],
        versionArgs: ['-v'],
        package: 'haproxy',
      });
      return startProxyProcess(program, { 'haproxy.cfg': text }, ports.gateway, () => ['-f', 'haproxy.cfg']);
    },
  },
  'a balancer that writes ports, as Azure does': {
    scheme: 'http',
    appends: true,
    start: startBalancer,
  },
};

/** Appends the client's address and port, keeps connections to the server, and sends every body in chunks. */
async function startBalancer({ gateway, server }: GatewayPorts): Promise<ReverseProxy> {
  const balancer = createServer({ maxHeaderSize: 40_000 }, (asked, answer) => {
    const { remoteAddress, remotePort } = asked.socket;
    const before = asked.headers['x-forwarded-for'];
    const forwarded = [before, `${remoteAddress}:${remotePort}`].filter(Boolean).join(', ');
    const { 'content-length': _, ...sent } = asked.headers;
    const chunked =
      asked.method === 'GET' || asked.method === 'HEAD' ? {} : { 'transfer-encoding': 'chunked' };
    const headers = {
      ...sent,
      ...chunked,
      'x-forwarded-for': forwarded,
      'x-original-host': 'auth.example.com',
    };
    const { method, url: path } = asked;
    const passed = request({ host: '127.0.0.1', port: server, method, path, headers }, (got) => {
      answer.writeHead(got.statusCode!, got.rawHeaders);
      got.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    answer.on('close', () => passed.destroy());
    asked.pipe(passed);
  });
  await new Promise<void>((resolve) => balancer.listen(gateway, '127.0.0.1', resolve));
  return {
    close: () =>
      new Promise((resolve) => {
        balancer.close(() => resolve());
        balancer.closeAllConnections();
      }),
  };
}
