import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { gateshift, ingress, temporaryFolder } from '../session.ts';
import { gatewayApi, type LiveCluster, type LiveObject, liveIngress, NGINX_CLASS, withCluster } from './live.ts';

// Each call of the stand-in starts a process of its own.
vi.setConfig({ testTimeout: 60_000 });

const SHOP: LiveCluster = { objects: [NGINX_CLASS, liveIngress('web')], crds: gatewayApi('v1.6.1', 'standard') };

interface JsonReport {
  readonly findings: readonly { readonly code: string; readonly args: Readonly<Record<string, string>>; readonly file: string | null }[];
}

async function codes(cluster: LiveCluster, ...args: string[]): Promise<readonly string[]> {
  const { stdout } = await withCluster(cluster, ['check', '--cluster', '--report', 'json', ...args]);
  const report: JsonReport = JSON.parse(stdout);
  return report.findings.map(({ code }) => code);
}

describe('--cluster', () => {
  it('converts what is live', async () => {
    const { code, stdout, stderr } = await withCluster(SHOP, ['convert', '--cluster']);
    expect(code).toBe(0);
    expect(stdout).toContain('# from cluster: ingress/shop/web Ingress shop/web');
    expect(stdout).toContain('web.example.com');
    expect(stderr).toContain('1 Ingress in the cluster (2 objects read)');
  });

  it('only ever reads', async () => {
    const more = { ...SHOP, objects: [...SHOP.objects, secret('shop', 'tls', 'kubernetes.io/tls')] };
    for (const command of ['convert', 'check', 'verify']) {
      const { calls } = await withCluster(more, [command, '--cluster', '--context', 'test']);
      expect(calls.length).toBeGreaterThan(4);
      expect(calls.filter(([verb = '']) => !['get', 'version', 'api-resources'].includes(verb))).toEqual([]);
      expect(calls.filter((call) => !call.includes('--context=test'))).toEqual([]);
    }
  });

  it('never asks for the values of Secrets', async () => {
    const tls = [{ hosts: ['web.example.com'], secretName: 'tls' }];
    const cluster = { ...SHOP, objects: [NGINX_CLASS, liveIngress('web', {}, { tls }), secret('shop', 'tls', 'kubernetes.io/tls')] };
    const { calls, stdout, stderr } = await withCluster(cluster, ['check', '--cluster', '-v', '--report', 'json']);
    const asked = calls.filter((call) => call.some((word) => word.startsWith('secrets')));
    expect(asked.map((call) => call.find((word) => word.startsWith('go-template='))?.includes('printf " %q" $key}}'))).toEqual([true]);
    expect(asked.flat().join(' ')).not.toMatch(/printf[^}]*\$value|json/);
    expect(stdout + stderr).not.toContain('c2VjcmV0');
  });

  it('names the field of a live object, since nobody has its lines', async () => {
    const cluster = {
      ...SHOP,
      objects: [NGINX_CLASS, liveIngress('web', { annotations: { 'nginx.ingress.kubernetes.io/proxy-body-size': '8m' } })],
    };
    const { stdout } = await withCluster(cluster, ['check', '--cluster', '-v']);
    expect(stdout).toContain('--> cluster: ingress/shop/web: metadata.annotations["nginx.ingress.kubernetes.io/proxy-body-size"]');
  });

  it('lets the older of two Ingresses win, as the controller does', async () => {
    const paths = (service: string) => ({
      rules: [
        {
          host: 'x.example.com',
          http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: service, port: { number: 80 } } } }] },
        },
      ],
    });
    const aged = (first: string, second: string) => ({
      ...SHOP,
      objects: [
        NGINX_CLASS,
        liveIngress('a', { creationTimestamp: first }, paths('of-a')),
        liveIngress('b', { creationTimestamp: second }, paths('of-b')),
      ],
    });
    const [old, young] = ['2020-01-01T00:00:00Z', '2024-01-01T00:00:00Z'];
    expect((await withCluster(aged(old, young), ['convert', '--cluster', '-q'])).stdout).toContain('name: of-a');
    const other = (await withCluster(aged(young, old), ['convert', '--cluster', '-q'])).stdout;
    expect(other).toContain('name: of-b');
    expect(other).not.toContain('name: of-a');
  });

  it('reads files beside it when they are named, and not those of the configuration', async () => {
    const cwd = temporaryFolder({
      'gateshift.yaml': 'paths: [manifests.yaml]\n',
      'manifests.yaml': ingress('filed'),
      'named.yaml': ingress('named'),
    });
    const alone = await withCluster(SHOP, ['convert', '--cluster', '-q'], { cwd });
    expect(alone.stdout).not.toContain('filed.example.com');
    const both = await withCluster(SHOP, ['convert', '--cluster', join(cwd, 'named.yaml')], { cwd });
    expect(both.stdout).toMatch(/named\.example\.com[\s\S]*web\.example\.com/);
    expect(both.stderr).toContain('2 Ingresses in 1 file and the cluster');
  });

  it('reads chosen namespaces and Ingresses, and says so', async () => {
    const cluster = {
      ...SHOP,
      objects: [NGINX_CLASS, liveIngress('web', { labels: { team: 'a' } }), liveIngress('api'), liveIngress('far', { namespace: 'far' })],
    };
    const { stdout, calls } = await withCluster(cluster, ['convert', '--cluster', '-q', '--namespace', 'shop', '--selector', 'team=a']);
    expect(stdout).toContain('web.example.com');
    expect(stdout).not.toMatch(/api\.example\.com|far\.example\.com/);
    expect(calls).toContainEqual([
      'get',
      'ingresses.networking.k8s.io',
      '--namespace=shop',
      '-o',
      'json',
      '--selector=team=a',
      '--request-timeout=60s',
    ]);
    expect(await codes(cluster, '--namespace', 'shop', '--selector', 'team=a')).toEqual(
      expect.arrayContaining(['cluster/some-namespaces', 'cluster/selected']),
    );
  });
});

describe('a cluster that does not answer', () => {
  it('says that there is no kubectl', async () => {
    const { code, stderr, stdout } = await gateshift(['check', '--cluster'], { env: { PATH: temporaryFolder() } });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('there is no kubectl');
  });

  it('says what kubectl said', async () => {
    const wrong = await withCluster(SHOP, ['check', '--cluster', '--context', 'prod']);
    expect([wrong.code, wrong.stderr]).toEqual([3, 'gateshift: kubectl does not reach the cluster: context "prod" does not exist\n']);
    const down = 'The connection to the server localhost:8080 was refused - did you specify the right host or port?';
    const { code, stderr } = await withCluster({ ...SHOP, down }, ['check', '--cluster']);
    expect([code, stderr]).toEqual([3, `gateshift: kubectl does not reach the cluster: ${down}\n`]);
  });

  it.each([
    [['check', '-', '--context', 'x'], '--context is about the cluster'],
    [['check', '-', '--namespace', 'shop'], '--namespace is about the cluster'],
    [['check', '--cluster', '--namespace', 'No'], 'no namespace can be called "No"'],
  ])('exits 2 on %j', async (args, reason) => {
    const { code, stderr } = await gateshift(args, { stdin: ingress('web') });
    expect(code).toBe(2);
    expect(stderr).toContain(reason);
  });

  it('reads the rest where one kind is forbidden, and tells the gap', async () => {
    const secrets = await withCluster({ ...SHOP, forbidden: ['secrets', 'namespaces'] }, ['check', '--cluster']);
    expect(secrets.code).toBe(0);
    expect(secrets.stdout).toContain('warning[cluster/gap] secrets could not be read from the cluster');
    const services = await withCluster({ ...SHOP, forbidden: ['services'] }, ['check', '--cluster']);
    expect(services.code).toBe(3);
    expect(services.stdout).toContain('error[cluster/unread] services could not be read from the cluster');
    expect(services.stdout).toContain('shop/web');
  });

  it('asks for the own namespaces where all of them are forbidden', async () => {
    const forbidden = ['configmaps everywhere'];
    expect(await codes({ ...SHOP, forbidden }, '--namespace', 'shop')).toContain('cluster/own-namespaces');
    expect(await codes({ ...SHOP, forbidden })).toContain('cluster/unread');
  });

  it('says when there is no Ingress, and when an API did not answer', async () => {
    expect(await codes({ objects: [NGINX_CLASS], discovery: 'error: unable to retrieve the complete list of server APIs' })).toEqual(
      expect.arrayContaining(['cluster/empty', 'cluster/no-discovery']),
    );
  });
});

describe('the Gateway API of the cluster', () => {
  const cors = liveIngress('web', {
    annotations: {
      'nginx.ingress.kubernetes.io/enable-cors': 'true',
      'nginx.ingress.kubernetes.io/cors-allow-origin': 'https://a.example.com',
    },
  });
  const on = (version: string, channel: string) => ({ objects: [NGINX_CLASS, cors], crds: gatewayApi(version, channel) });

  it('is the one that is written for', async () => {
    const written = async (version: string, channel: string, ...args: string[]) =>
      (await withCluster(on(version, channel), ['convert', '--cluster', '-q', '--on-security-loss', 'emit', ...args])).stdout.includes(
        'type: CORS',
      );
    expect(await written('v1.6.1', 'standard')).toBe(true);
    expect(await written('v1.4.0', 'standard')).toBe(false);
    expect(await written('v1.4.0', 'experimental')).toBe(true);
    expect(await written('v1.4.0', 'standard', '--gateway-api', '1.6')).toBe(true);
  });

  it('is told when it is absent, unknown, or not what was asked for', async () => {
    expect(await codes({ objects: SHOP.objects })).toContain('cluster/no-gateway-api');
    expect(await codes(on('v1.2.0', 'standard'))).toContain('cluster/release-unknown');
    expect(await codes(on('', ''))).toContain('cluster/release-unknown');
    expect(await codes(on('v1.4.0', 'standard'), '--gateway-api', '1.6')).toContain('cluster/release-differs');
    expect((await codes(on('v1.5.2', 'standard'))).filter((code) => code.startsWith('cluster/'))).toEqual([]);
  });

  it('refuses what it would refuse', async () => {
    const routes = gatewayApi('v1.6.0', 'standard').map((crd) =>
      JSON.parse(JSON.stringify(crd).replace('"name":"v1","served":true', '"name":"v1","served":false')),
    );
    expect(await codes({ objects: SHOP.objects, crds: routes })).toContain('cluster/crd');
    expect(await codes({ objects: SHOP.objects, crds: gatewayApi('v1.6.0', 'standard').slice(0, 1) })).toContain('cluster/no-crd');
  });
});

function secret(namespace: string, name: string, type: string): LiveObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { namespace, name }, type, data: { 'tls.crt': 'c2VjcmV0', 'tls.key': 'c2VjcmV0' } };
}
