import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Running {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

export async function serve(listener: RequestListener): Promise<Running> {
  return listening(createServer(listener));
}

/** With a certificate for `a.test` that nobody trusts. `seen` gets the server name of each connection. */
export async function serveTls(listener: RequestListener, seen: (serverName: string) => void = () => undefined): Promise<Running> {
  const { key, cert } = selfSigned();
  const server = createTlsServer({ key, cert }, listener);
  server.on('secureConnection', (socket) => seen(String('servername' in socket ? socket.servername : '')));
  return listening(server);
}

async function listening(server: Server): Promise<Running> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const OPENSSL_PRESENT = spawnSync('openssl', ['version']).status === 0;

export function selfSigned(): { readonly key: string; readonly cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'gateshift-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=a.test', '-addext', 'subjectAltName=DNS:a.test'];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', cert, ...subject], {
    stdio: 'ignore',
  });
  try {
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** `GET a.test /x?y`, as it arrived. */
export function lineOf(request: IncomingMessage): string {
  return `${request.method} ${request.headers.host} ${request.url}`;
}
