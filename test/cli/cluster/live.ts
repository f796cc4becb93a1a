import { chmodSync, copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { gateshift, type Result } from '../session.ts';

export interface LiveObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly creationTimestamp?: string;
    readonly deletionTimestamp?: string;
  };
  readonly [field: string]: unknown;
}

/** What the stand-in for kubectl answers from. */
export interface LiveCluster {
  readonly objects: readonly LiveObject[];
  readonly crds?: readonly object[];
  /** Resources that this user may not list; with ` everywhere`: in all namespaces at once. */
  readonly forbidden?: readonly string[];
  readonly absent?: readonly string[];
  /** What it says instead of an answer. */
  readonly down?: string;
  readonly discovery?: string;
}

/** Runs the command line with a kubectl on its path that knows this cluster. `calls`: the arguments of each call. */
export async function withCluster(
  cluster: LiveCluster,
  args: readonly string[],
  options: { readonly cwd?: string; readonly stdin?: string } = {},
): Promise<Result & { readonly calls: readonly (readonly string[])[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'gateshift-kubectl-'));
  copyFileSync(join(import.meta.dirname, 'fake-kubectl.mjs'), join(folder, 'kubectl'));
  chmodSync(join(folder, 'kubectl'), 0o755);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'cluster.json'), JSON.stringify(cluster));
  writeFileSync(join(folder, 'calls'), '');
  const env = {
    PATH: [folder, dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter),
    FAKE_CLUSTER: join(folder, 'cluster.json'),
    FAKE_CALLS: join(folder, 'calls'),
  };
  const result = await gateshift(args, { env, ...options });
  const lines = readFileSync(join(folder, 'calls'), 'utf8').split('\n');
  return { ...result, calls: lines.filter((line) => line !== '').map((line) => JSON.parse(line)) };
}

export function liveIngress(name: string, more: Partial<LiveObject['metadata']> = {}, spec: object = {}, status: object = {}): LiveObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace: 'shop', ...more },
    spec: {
      ingressClassName: 'nginx',
      rules: [
        {
          host: `${name}.example.com`,
          http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name, port: { number: 80 } } } }] },
        },
      ],
      ...spec,
    },
    status,
  };
}

export const NGINX_CLASS: LiveObject = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata: { name: 'nginx' },
  spec: { controller: 'k8s.io/ingress-nginx' },
};

/** The head of a CRD of the Gateway API; its schema takes anything. */
function gatewayApiCrd(
  kind: string,
  plural: string,
  release: { readonly version: string; readonly channel: string },
  versions = ['v1'],
): object {
  const group = 'gateway.networking.k8s.io';
  const annotations = { [`${group}/bundle-version`]: release.version, [`${group}/channel`]: release.channel };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}`, annotations },
    spec: { group, names: { kind, plural }, versions: versions.map((name) => ({ name, served: true, storage: true })) },
  };
}

export function gatewayApi(version: string, channel: string): readonly object[] {
  return [
    gatewayApiCrd('Gateway', 'gateways', { version, channel }),
    gatewayApiCrd('HTTPRoute', 'httproutes', { version, channel }),
    gatewayApiCrd('GatewayClass', 'gatewayclasses', { version, channel }),
    gatewayApiCrd('ReferenceGrant', 'referencegrants', { version, channel }, ['v1', 'v1beta1']),
  ];
}
