import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const NGINX = '/usr/sbin/nginx';
export const NGINX_PRESENT = existsSync(NGINX);

/** One host as the controller writes it, in short: `/path service`, all of them prefixes. */
export interface NginxHost {
  readonly host: string;
  readonly paths: readonly string[];
  readonly server: string;
  readonly configuration: string;
  /** Its paths are patterns, as on a host with use-regex. */
  readonly regex?: boolean;
}

/** A running nginx whose backends say who they are and what path they got. */
export interface RunningNginx {
  /** `web /path`, `301 https://…`, or a status. */
  readonly ask: (
    host: string,
    target: string,
    more?: { readonly method?: string; readonly headers?: Readonly<Record<string, string>> },
  ) => Promise<string>;
  readonly stop: () => Promise<void>;
}

export async function startNginx(hosts: readonly NginxHost[]): Promise<RunningNginx> {
  const backend = createServer((incoming, response) => response.end(`${incoming.headers['x-service']} ${incoming.url}`));
  const backendPort = await listen(backend);
  const probe = createServer();
  const port = await listen(probe);
  await new Promise((resolve) => probe.close(resolve));
  const folder = mkdtempSync(join(tmpdir(), 'gateshift-nginx-'));
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, configuration(hosts, { folder, port, backendPort }));
  const check = spawnSync(NGINX, ['-t', '-p', folder, '-c', file, '-e', 'stderr'], { encoding: 'utf8' });
  if (check.status !== 0) throw new Error(check.stderr);
  const started: ChildProcess = spawn(NGINX, ['-p', folder, '-c', file, '-e', 'stderr'], { stdio: 'ignore' });
  const ask: RunningNginx['ask'] = (host, target, { method = 'GET', headers = {} } = {}) =>
    new Promise((resolve, reject) => {
      const sent = httpRequest({ host: '127.0.0.1', port, path: target, method, headers: { ...headers, host } }, (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => {
          body += chunk;
        });
        response.on('end', () => {
          const status = response.statusCode ?? 0;
          if (response.headers.location !== undefined) resolve(`${status} ${response.headers.location}`);
          else
            resolve(
              status === 200 && response.headers['x-from'] === undefined && body !== '' && /^\S+ \//.test(body) ? body : String(status),
            );
        });
      });
      sent.on('error', reject);
      sent.end();
    });
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if ((await ask('unknown.test', '/').catch(() => '')) === '404') break;
    await sleep(50);
  }
  return {
    ask,
    stop: async () => {
      const ended = new Promise((resolve) => started.once('exit', resolve));
      started.kill();
      await ended;
      await new Promise((resolve) => backend.close(resolve));
      rmSync(folder, { recursive: true });
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

function configuration(
  hosts: readonly NginxHost[],
  { folder, port, backendPort }: { folder: string; port: number; backendPort: number },
): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ');
  return `daemon off; master_process off; pid ${folder}/pid; error_log stderr;
events {}
http {
  access_log off; ${temporary}
  root ${folder};
  server { listen 127.0.0.1:${port} default_server; return 404; }
${hosts.map((host) => serverText(host, port, backendPort)).join('\n')}
}`;
}

function serverText({ host, paths, server, configuration: snippet, regex = false }: NginxHost, port: number, backendPort: number): string {
  const locations = [...paths]
    .sort((a, b) => b.length - a.length)
    .flatMap((text) => {
      const [path = '/', service = ''] = text.split(' ');
      const body = `port_in_redirect off; proxy_set_header X-Service ${service};\n${snippet}\nproxy_pass http://127.0.0.1:${backendPort}; proxy_redirect off;`;
      if (regex) return [`location ~* "^${path}" { ${body} }`];
      if (path === '/') return [`location / { ${body} }`];
      return [`location ${path}/ { ${body} }`, `location = ${path} { ${body} }`];
    });
  return `  server { listen 127.0.0.1:${port}; server_name ${host}; port_in_redirect off; proxy_set_header X-Service other;
${server}
${locations.join('\n')}
  }`;
}
