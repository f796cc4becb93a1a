import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { gateshift, ingress } from '../cli/session.ts';

async function planOf(manifests: readonly string[], ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await gateshift(['runbook', '-', ...args], { stdin: manifests.join('---\n') });
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
}

function deployment(name: string, image: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  const container = { name, image, args, env: Object.entries(env).map(([key, value]) => ({ name: key, value })) };
  const metadata = { name, namespace: 'tools' };
  const spec = { template: { spec: { serviceAccountName: `${name}-sa`, containers: [{ name: 'side', image: 'busybox' }, container] } } };
  return `${JSON.stringify({ apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec })}\n`;
}

const externalDns = (tag: string, ...args: readonly string[]) =>
  deployment('external-dns', `registry.k8s.io/external-dns/external-dns:${tag}`, ['--source=ingress', ...args]);

const withStatus = (name: string, point: string) => `${ingress(name)}status: {loadBalancer: {ingress: [${point}]}}\n`;

function certified(name: string): string {
  return ingress(name)
    .replace('namespace: shop\n', 'namespace: shop\n  annotations:\n    cert-manager.io/cluster-issuer: letsencrypt\n')
    .replace('spec:\n', `spec:\n  tls:\n    - hosts: [${name}.example.com]\n      secretName: ${name}-tls\n`);
}

function certificate(name: string, owner: string | null): string {
  const owners = owner === null ? [] : [{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: owner, uid: '1' }];
  const metadata = { name, namespace: 'shop', ownerReferences: owners };
  return `${JSON.stringify({ apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata, spec: { secretName: name } })}\n`;
}

function issuer(...solvers: readonly object[]): string {
  return `${JSON.stringify({ apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: 'letsencrypt' }, spec: { acme: { solvers } } })}\n`;
}

/** The commands of the definition of `weigh`, with a cloud's command line that prints what it was asked to do. */
function weighed(text: string, commands: string): string {
  const [, block = ''] = /### 3\.3 [\s\S]*?```sh\n([\s\S]*?)\n```/.exec(text) ?? [];
  return execFileSync('bash', ['-c', `${block}\n${commands}`], { encoding: 'utf8' });
}

describe('addresses of today', () => {
  it('are those of the status, which is gone with the Ingress', async () => {
    const text = await planOf([withStatus('web', '{ip: 203.0.113.7}'), ingress('api')]);
    expect(text).toContain('OLD=203.0.113.7\n');
    expect(text).toContain('old shop web   # still 203.0.113.7');
    expect(text).toContain('| `web.example.com` | `shop/web` | `203.0.113.7` |');
    expect(text).toContain('OLD=$(old shop api)');
    expect(text).toContain('Back: the old load balancer still serves all of it at `203.0.113.7`.');
  });

  it('name every Ingress that shares a name over two load balancers', async () => {
    const other = ingress('other')
      .replace('host: other.example.com', 'host: web.example.com')
      .replace('ingressClassName: nginx', 'ingressClassName: alb');
    expect(await planOf([ingress('web'), other])).toContain(
      '**`web.example.com` is served by another load balancer as well**, through `shop/other`',
    );
  });
});

describe('external-dns as it runs', () => {
  it('is told by its own flags: what it reads, and what it would do', async () => {
    const text = await planOf([
      ingress('web'),
      externalDns('v0.15.1', '--policy', 'sync', '--txt-owner-id=prod', '--txt-prefix=x.', '--provider=aws'),
    ]);
    expect(text).toContain('| `tools/external-dns` | 0.15 | `aws` | `ingress` | `sync` | txt, `prod` | none |');
    expect(text).toContain(
      '**`tools/external-dns` does not read `gateway-httproute`**: under `sync` a record of an Ingress that goes is deleted.',
    );
    expect(text).toContain('--as=system:serviceaccount:tools:external-dns-sa');
    expect(text).toContain('"path":"/spec/template/spec/containers/1/args/-","value":"--source=gateway-httproute"');
    expect(text).toContain('"x.a-$1" "x.cname-$1" "x.$1"');
    expect(text).toContain('external-dns.alpha.kubernetes.io/controller=none\n');
    expect(text).not.toContain(' external-dns.kubernetes.io/controller=none');
    expect(text).not.toContain('gcloud dns');
  });

  it('has annotations of another name since 0.22, and of one that it was given', async () => {
    expect(await planOf([ingress('web'), externalDns('v0.22.0')])).toContain('--overwrite external-dns.kubernetes.io/controller=none\n');
    expect(await planOf([ingress('web'), externalDns('v0.20.0', '--annotation-prefix=dns.corp/')])).toContain(
      '--overwrite dns.corp/controller=none\n',
    );
  });

  it('may read its flags from the environment', async () => {
    const args = ['--provider=google'];
    const env = { EXTERNAL_DNS_SOURCE: 'ingress\ngateway-httproute', EXTERNAL_DNS_POLICY: 'upsert-only' };
    const text = await planOf([ingress('web'), deployment('dns', 'bitnami/external-dns:0.20.0', args, env)]);
    expect(text).toContain('reads `gateway-httproute` already');
    expect(text).toContain('deletes nothing (`upsert-only`)');
    expect(text).not.toContain('3.1.1');
  });

  it('moves names at once without owners, sees ListenerSets with a flag alone, and publishes what its filters let pass', async () => {
    const text = await planOf(
      [
        ingress('web'),
        ingress('api').replace('namespace: shop', 'namespace: cart'),
        externalDns('v0.20.0', '--registry=noop', '--annotation-filter=kubernetes.io/ingress.class=nginx'),
      ],
      '--listeners',
      'listenerset',
    );
    expect(text).toContain('keeps no owner (`noop`)');
    expect(text).toContain('it needs release 0.21 and `--gateway-listener-sets`, so upgrade it');
    expect(text).toContain('publishes only what passes `--annotation-filter=kubernetes.io/ingress.class=nginx`');
  });

  it('never gets an Ingress taken away before its routes are looked at, and the next attempt finds them willing', async () => {
    const text = await planOf([ingress('web'), externalDns('v0.21.0')]);
    const step = text.slice(text.indexOf('#### W1.3'), text.indexOf('#### W1.4'));
    const ignore = step.indexOf('kubectl annotate ingress web');
    for (const check of ["grep -o -- '--source=", 'told httproute shop web-web-example-com', 'owner web.example.com'])
      expect([check, step.indexOf(check) > 0 && step.indexOf(check) < ignore]).toEqual([check, true]);
    const none = step.indexOf(
      'annotate httproute web-web-example-com -n shop --overwrite external-dns.alpha.kubernetes.io/controller=none',
    );
    const free = step.indexOf('annotate httproute web-web-example-com -n shop external-dns.alpha.kubernetes.io/controller-');
    expect([none > ignore, free > none]).toEqual([true, true]);
  });
});

describe('weights', () => {
  it('of Route 53 replace the simple record in one change', async () => {
    const text = await planOf([ingress('web'), externalDns('v0.21.0', '--provider=aws')]);
    const aws = `aws() { case $2 in list*) echo '[ {"Action":"DELETE","ResourceRecordSet":{"Name":"web.example.com."}} ]' ;; *) printf '%s' "\${@: -1}" ;; esac; }`;
    const change = JSON.parse(weighed(text, `${aws}\nOLD=1.2.3.4; NEW=5.6.7.8; weigh web.example.com 95 5`));
    expect(change.Changes).toEqual([
      { Action: 'DELETE', ResourceRecordSet: { Name: 'web.example.com.' } },
      ...[
        ['old', 95, '1.2.3.4'],
        ['new', 5, '5.6.7.8'],
      ].map(([SetIdentifier, Weight, Value]) => ({
        Action: 'UPSERT',
        ResourceRecordSet: { Name: 'web.example.com.', Type: 'A', SetIdentifier, Weight, TTL: 60, ResourceRecords: [{ Value }] },
      })),
    ]);
    const later = JSON.parse(weighed(text, `${aws.replace(/echo '.*?'/, "echo '[]'")}\nOLD=a.elb; NEW=b.elb; weigh web.example.com 0 100`));
    expect(
      later.Changes.map(({ Action, ResourceRecordSet }: { Action: string; ResourceRecordSet: { Type: string } }) => [
        Action,
        ResourceRecordSet.Type,
      ]),
    ).toEqual([
      ['UPSERT', 'CNAME'],
      ['UPSERT', 'CNAME'],
    ]);
  });

  it('of Cloud DNS are a policy', async () => {
    const text = await planOf([ingress('web'), externalDns('v0.21.0', '--provider=google')]);
    expect(weighed(text, `gcloud() { echo "$*"; }; OLD=1.2.3.4; NEW=5.6.7.8; weigh web.example.com 95 5`)).toBe(
      'dns record-sets update web.example.com. --zone=my-zone --type=A --ttl=60 --routing-policy-type=WRR --routing-policy-data=95=1.2.3.4;5=5.6.7.8\n',
    );
    expect(text).not.toContain('aws route53');
  });
});

describe('Certificates', () => {
  it('are freed where an Ingress owns them, and left where it does not', async () => {
    const text = await planOf([certified('web'), certificate('web-tls', 'web'), certified('api'), certificate('api-tls', null)]);
    expect(text).toMatch(/^kubectl patch certificate web-tls -n shop/m);
    expect(text).not.toMatch(/^kubectl patch certificate api-tls/m);
    expect(text).toContain('`shop/api-tls` belongs to no Ingress');
  });

  it('are freed where they belong to an Ingress that does not ask for them any more', async () => {
    expect(await planOf([ingress('web'), certificate('left', 'web')])).toContain('kubectl patch certificate left -n shop');
  });

  it('need another solver only where challenges go through an Ingress', async () => {
    const through = await planOf([certified('web'), issuer({ http01: { ingress: {} } })]);
    expect(through).toContain('A solver of kind `ingress` (`ClusterIssuer letsencrypt`) is answered by the old controller alone');
    const dns = await planOf([certified('web'), issuer({ dns01: { route53: {} } })]);
    expect(dns).toContain('`ClusterIssuer letsencrypt`: no challenge goes through a load balancer');
    expect(dns).not.toContain('HTTP-01 challenges follow the record');
    expect(await planOf([certified('web')])).toContain('where its solvers say so');
  });

  it('are made for Gateways where the controller is told to', async () => {
    const controller = (...args: readonly string[]) => deployment('cert-manager', 'quay.io/jetstack/cert-manager-controller:v1.20.0', args);
    expect(await planOf([certified('web'), controller('--enable-gateway-api')])).toContain('It reads Gateways here');
    expect(await planOf([certified('web'), controller('--v=2')])).toContain('It does not read Gateways here');
    expect(await planOf([certified('web'), controller('--config=/etc/config.yaml')])).toContain('It reads Gateways only with');
  });
});

describe('clouds', () => {
  it('take deletion protection off before the Ingress is deleted', async () => {
    const alb = ingress('web')
      .replace('ingressClassName: nginx', 'ingressClassName: alb')
      .replace(
        'namespace: shop\n',
        'namespace: shop\n  annotations:\n    alb.ingress.kubernetes.io/load-balancer-attributes: idle_timeout.timeout_seconds=9,deletion_protection.enabled=true\n',
      );
    const text = await planOf([alb]);
    const off = text.indexOf('--overwrite alb.ingress.kubernetes.io/load-balancer-attributes=idle_timeout.timeout_seconds=9\n');
    expect(off).toBeGreaterThan(0);
    expect(text.indexOf('kubectl delete ingress web')).toBeGreaterThan(off);
  });

  it('switch the Gateway API of GKE on, and ask VPC Lattice for the address of each route', async () => {
    const gke = ingress('web').replace('ingressClassName: nginx', 'ingressClassName: gce');
    const text = await planOf([gke], '--target', 'gke');
    expect(text).toContain('gcloud container clusters update CLUSTER --location=LOCATION --gateway-api=standard');
    expect(text).not.toContain('standard-install.yaml');
    const lattice = await planOf([ingress('web')], '--target', 'vpc-lattice');
    expect(lattice).toContain('NEW=$(routed httproute shop web-web-example-com)');
    expect(lattice).toContain('{.metadata.annotations.application-networking\\.k8s\\.aws/lattice-assigned-domain-name}');
  });

  it('are installed in the version that is written for', async () => {
    expect(await planOf([ingress('web')], '--target', 'envoy-gateway@1.7')).toMatch(/gateway-helm --version '~1\.7\.0' .*--skip-crds/);
    expect(await planOf([ingress('web')], '--target', 'envoy-gateway@1.8')).toMatch(
      /gateway-helm --version '~1\.8\.0' .*--set crds\.enabled=false/,
    );
  });
});

describe('a copy of an Ingress', () => {
  it('can be applied again', async () => {
    const text = await planOf([ingress('web')]);
    const [, functions = ''] = /## Before each session[\s\S]*?```sh\n([\s\S]*?)\n```/.exec(text) ?? [];
    const stored = 'metadata:\n  creationTimestamp: "2024"\n  name: web\n  resourceVersion: "7"\n  uid: a\nspec:\n  rules: []\n';
    const printed = execFileSync(
      'bash',
      ['-c', `cd "$(mktemp -d)"; kubectl() { printf '%s' '${stored}'; }\n${functions}\nkeep shop web; cat shop-web.ingress.yaml`],
      {
        encoding: 'utf8',
      },
    );
    expect(printed).toBe('shop-web.ingress.yaml\nmetadata:\n  name: web\nspec:\n  rules: []\n');
  });
});
