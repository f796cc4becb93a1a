import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { builtInKinds } from '../../../src/cli/cluster/live-kinds.ts';
import { PACK_GROUPS } from '../../../src/model/parse/kinds.ts';
import { gatewayApi, type LiveCluster, type LiveObject, liveIngress, NGINX_CLASS, withCluster } from './live.ts';

// Each call of the stand-in starts a process of its own.
vi.setConfig({ testTimeout: 60_000 });

const CRDS = gatewayApi('v1.6.1', 'standard');

interface JsonReport {
  readonly findings: readonly { readonly code: string; readonly message: string }[];
}

async function found(objects: readonly LiveObject[], more: Partial<LiveCluster> = {}, ...args: string[]): Promise<JsonReport['findings']> {
  const cluster = { objects: [NGINX_CLASS, ...objects], crds: CRDS, ...more };
  const { stdout } = await withCluster(cluster, ['check', '--cluster', '--report', 'json', ...args]);
  const report: JsonReport = JSON.parse(stdout);
  return report.findings;
}

function route(name: string, match: object, created = '2024-01-01T00:00:00Z'): LiveObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name, namespace: 'shop', creationTimestamp: created },
    spec: {
      parentRefs: [{ name: 'nginx' }],
      hostnames: ['web.example.com'],
      rules: [{ matches: [match], backendRefs: [{ name: 'old', port: 80 }] }],
    },
  };
}

function tlsSecret(name: string, type: string): LiveObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { namespace: 'shop', name }, type, data: { 'tls.crt': '', 'tls.key': '' } };
}

const certified = (name: string) => liveIngress(name, {}, { tls: [{ hosts: [`${name}.example.com`], secretName: `${name}-tls` }] });

describe('what is live beside the Ingresses', () => {
  it('says which older route keeps the requests', async () => {
    const older = await found([liveIngress('web'), route('theirs', { path: { type: 'PathPrefix', value: '/' } })]);
    expect(older.filter(({ code }) => code === 'cluster/older-route').map(({ message }) => message)).toEqual([
      'HTTPRoute shop/theirs is on Gateway shop/nginx already with web.example.com /: the older of two routes is served, so HTTPRoute shop/web-web-example-com gets none of those requests.',
    ]);
    const elsewhere = await found([liveIngress('web'), route('theirs', { path: { type: 'PathPrefix', value: '/cart' } })]);
    expect(elsewhere.map(({ code }) => code)).not.toContain('cluster/older-route');
    const narrower = route('theirs', { path: { value: '/' }, headers: [{ name: 'x', value: 'y' }] });
    expect((await found([liveIngress('web'), narrower])).map(({ code }) => code)).not.toContain('cluster/older-route');
  });

  it('is no older route where the own one was applied before it', async () => {
    const own = route('web-web-example-com', { path: { value: '/' } }, '2023-01-01T00:00:00Z');
    expect((await found([liveIngress('web'), own, route('theirs', { path: { value: '/' } })])).map(({ code }) => code)).not.toContain(
      'cluster/older-route',
    );
  });

  it('says which certificate is not there, where all Secrets were read', async () => {
    const missing = (await found([certified('web'), certified('api'), tlsSecret('web-tls', 'kubernetes.io/tls')])).filter(
      ({ code }) => code === 'cluster/no-secret',
    );
    expect(missing.map(({ message }) => message)).toEqual(['Secret shop/api-tls is not in the cluster, which Gateway shop/nginx names.']);
    const forbidden = await found([certified('api')], { forbidden: ['secrets'] });
    expect(forbidden.map(({ code }) => code)).not.toContain('cluster/no-secret');
    const chosen = await found([certified('api')], {}, '--namespace', 'shop');
    expect(chosen.map(({ code }) => code)).not.toContain('cluster/no-secret');
  });

  it('says which certificate has a type that Gateway API does not ask for', async () => {
    const codes = async (type: string) => (await found([certified('web'), tlsSecret('web-tls', type)])).map(({ code }) => code);
    expect(await codes('Opaque')).toContain('plan/certificate-type');
    expect(await codes('kubernetes.io/tls')).not.toContain('plan/certificate-type');
  });

  it('leaves out what is only passing', async () => {
    const solver = liveIngress('solver', { labels: { 'acme.cert-manager.io/http01-solver': 'true' } });
    const leaving = liveIngress('leaving', { deletionTimestamp: '2026-01-01T00:00:00Z' });
    const challenge = {
      path: '/.well-known/acme-challenge/t',
      pathType: 'Exact',
      backend: { service: { name: 'cm', port: { number: 80 } } },
    };
    const edited = liveIngress('edited', {}, { rules: [{ host: 'e.example.com', http: { paths: [challenge] } }] });
    const cluster = { objects: [NGINX_CLASS, solver, leaving, edited, liveIngress('web')], crds: CRDS };
    const { stdout } = await withCluster(cluster, ['convert', '--cluster', '-q']);
    expect(stdout).toContain('web.example.com');
    expect(stdout).not.toMatch(/solver\.example\.com|leaving\.example\.com/);
    const codes = (await found([solver, leaving, edited])).map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['cluster/solvers', 'cluster/leaving', 'cluster/challenged']));
  });

  it('does not wait for ever', async () => {
    const { calls } = await withCluster({ objects: [NGINX_CLASS, liveIngress('web')], crds: CRDS }, ['check', '--cluster']);
    expect(calls.filter((call) => !call.some((word) => word.startsWith('--request-timeout=')))).toEqual([]);
  });
});

describe('runbook --cluster', () => {
  const cluster = (more: Partial<LiveCluster> = {}) => ({
    objects: [NGINX_CLASS, liveIngress('web', {}, {}, { loadBalancer: { ingress: [{ ip: '203.0.113.7' }] } })],
    crds: CRDS,
    ...more,
  });
  const plan = async (more: Partial<LiveCluster>, ...args: string[]) =>
    (await withCluster(cluster(more), ['runbook', '--cluster', '--context', 'test', ...args])).stdout;

  it('says what is there already, and what is missing', async () => {
    const text = await plan({}, '--target', 'envoy-gateway');
    expect(text).toContain('The cluster has `v1.6.1` (standard), for which the output is written: nothing is to be done.');
    expect(text).not.toContain('standard-install.yaml');
    const older = await plan({}, '--target', 'envoy-gateway', '--gateway-api', '1.5');
    expect(older).toContain('standard-install.yaml');
    expect(await plan({ crds: CRDS.slice(0, 2) }, '--target', 'envoy-gateway')).toContain('without `GatewayClass`, which the output has');
  });

  it('knows that there is no external-dns and no cert-manager, only where it was allowed to look', async () => {
    const text = await plan({});
    expect(text).toContain('No Deployment of external-dns is in the cluster');
    expect(text).not.toContain('external-dns.alpha.kubernetes.io/controller=none');
    expect(text).toContain('Its CRDs are not in the cluster');
    expect(await plan({ forbidden: ['deployments.apps'] })).toContain('It publishes an Ingress without being asked to.');
  });

  it('warns of what a later run would not know, and of what this one could not', async () => {
    const text = await plan({ forbidden: ['ingressclasses.networking.k8s.io'] }, '--namespace', 'shop');
    expect(text).toContain('A later run with `--cluster` does not know the Ingresses that were deleted by then');
    const [, found = ''] = /\*\*Of the cluster\*\*, before anything else:\n\n([\s\S]*?)\n\n##/.exec(text) ?? [];
    expect(found.split('\n').map((line) => line.slice(0, 40))).toEqual([
      expect.stringContaining('- [ ] ingressclasses.networking.k8s.io'),
      expect.stringContaining('- [ ] Only shop was read'),
    ]);
  });

  it('puts the context into every command, those of manuals as well', async () => {
    const text = await plan({}, '--target', 'envoy-gateway');
    const commands = [...text.matchAll(/```sh\n([\s\S]*?)\n```/g)].flatMap(([, block = '']) => block.split('\n'));
    expect(commands.filter((line) => /(?:^|[|(] ?|\{ )kubectl (?!--context test)/.test(line))).toEqual([]);
    expect(commands.filter((line) => /^helm (?!--kube-context test|repo|search)/.test(line))).toEqual([]);
  });
});

describe('the ClusterRole of the page', () => {
  it('lets read what is read, and nothing else', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/cluster.md'), 'utf8');
    const [, text = ''] = /```yaml\n(apiVersion: rbac[\s\S]*?)```/.exec(page) ?? [];
    const role: { rules: readonly { apiGroups: readonly string[]; resources: readonly string[]; verbs: readonly string[] }[] } =
      parse(text);
    const allowed = role.rules.flatMap(({ apiGroups, resources }) =>
      apiGroups.flatMap((group) => resources.map((each) => `${each}.${group}`)),
    );
    const asked = [...builtInKinds(undefined).map(({ resource }) => resource), 'secrets', 'customresourcedefinitions.apiextensions.k8s.io'];
    const wanted = asked.map((resource) => (resource.includes('.') ? resource : `${resource}.`));
    expect([...allowed].sort()).toEqual(
      [...wanted, ...PACK_GROUPS.filter((group) => group !== 'helm.values').map((group) => `*.${group}`)].sort(),
    );
    expect([...new Set(role.rules.flatMap(({ verbs }) => verbs))].sort()).toEqual(['get', 'list']);
  });
});
