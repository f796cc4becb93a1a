import { describe, expect, it } from 'vitest';
import { convert } from '../../src/convert.ts';
import type { Release } from '../../src/gateway/release.ts';
import { type ConvertOptions, DEFAULT_OPTIONS } from '../../src/options.ts';
import { estateOf } from '../read/estate-of.ts';

interface Given {
  readonly name?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly spec?: object;
}

const service = ({ name = 'db', annotations = {}, labels = {}, spec = {} }: Given = {}) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'data', annotations, labels },
    spec: { type: 'LoadBalancer', selector: { app: name }, ports: [{ port: 5432 }], ...spec },
  });

const ingress = JSON.stringify({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'shop', namespace: 'shop' },
  spec: {
    ingressClassName: 'nginx',
    tls: [{ hosts: ['shop.test'], secretName: 'shop' }],
    rules: [
      {
        host: 'shop.test',
        http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'shop', port: { number: 80 } } } }] },
      },
    ],
  },
});

const tcpServices = JSON.stringify({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'tcp-services', namespace: 'ingress-nginx' },
  data: { 5432: 'data/other:5432' },
});

const made = (documents: readonly string[], options: Partial<ConvertOptions> = {}) =>
  convert(estateOf(documents.join('\n---\n')), { ...DEFAULT_OPTIONS, loadBalancerServices: true, ...options });

const routes = ({ plan }: ReturnType<typeof made>) =>
  plan.objects.filter(({ object }) => /^(?:TCP|UDP)Route$/.test(object.kind)).map(({ object }) => `${object.kind} ${object.metadata.name}`);

const ends = ({ ledger }: ReturnType<typeof made>) =>
  ledger.entries
    .filter(({ entry }) => entry.object.kind === 'Service')
    .map(({ entry, outcome, finding }) =>
      `${entry.name.replace(/^service\.beta\.kubernetes\.io\//, '')} ${outcome} ${finding?.code ?? ''}`.trim(),
    );

const gateways = ({ plan }: ReturnType<typeof made>) =>
  plan.objects
    .filter(({ object }) => object.kind === 'Gateway')
    .map(({ object: { metadata } }) => `${metadata.namespace}/${metadata.name}`);

describe('Services of type LoadBalancer', () => {
  it('are not looked at unless that is asked for', () => {
    const conversion = made([ingress, service()], { loadBalancerServices: false });
    expect(routes(conversion)).toEqual([]);
    expect(ends(conversion)).toEqual([]);
    expect(conversion.ledger.findings.filter(({ code }) => code.startsWith('load-balancer'))).toEqual([]);
  });

  it('become a listener and a route for each port, beside the Ingresses', () => {
    const conversion = made([
      ingress,
      service({
        spec: {
          ports: [
            { port: 53, protocol: 'TCP' },
            { port: 53, protocol: 'UDP' },
            { port: 9999, protocol: 'SCTP' },
          ],
        },
      }),
    ]);
    expect(routes(conversion)).toEqual(['TCPRoute db-tcp-53', 'UDPRoute db-udp-53']);
    expect(gateways(conversion)).toEqual(['shop/nginx']);
    expect(ends(conversion)).toEqual([
      'spec.type converted',
      'spec.ports[0].port converted',
      'spec.ports[0].protocol converted',
      'spec.ports[1].port converted',
      'spec.ports[1].protocol converted',
      'spec.ports[2].port unmapped load-balancer-service/protocol',
      'spec.ports[2].protocol unmapped load-balancer-service/protocol',
    ]);
    expect(conversion.ledger.findings.find(({ code }) => code === 'plan/load-balancer-stays')?.args).toEqual({
      service: 'data/db',
      ports: 'TCP port 53, UDP port 53',
    });
  });

  it('get a Gateway of their own where there is no Ingress', () => {
    const conversion = made([service()]);
    expect(gateways(conversion)).toEqual(['gateway-system/load-balancer-services']);
  });

  it.each([
    ['with an Ingress', [ingress, service({ spec: { ports: [{ port: 443 }] } })], []],
    ["with ingress-nginx's own ports", [ingress, tcpServices, service()], ['TCPRoute other-tcp-5432']],
    ['among each other', [service(), service({ name: 'copy' })], []],
  ])('write nothing for a port that clashes %s', (_, documents, left) => {
    const conversion = made(documents);
    expect(routes(conversion)).toEqual(left);
    expect(ends(conversion)).toContain('spec.ports[0].port manual plan/load-balancer-port');
    expect(ends(conversion)).toContain('spec.type manual plan/load-balancer-port');
  });

  it('do not depend on the order of the input', () => {
    const documents = [ingress, service(), service({ name: 'mq', spec: { ports: [{ port: 5672 }] } }), tcpServices];
    expect(made(documents.toReversed()).plan.objects.map(({ object }) => object)).toEqual(
      made(documents).plan.objects.map(({ object }) => object),
    );
  });
});

/** Older versions of implementations know TCPRoutes from there alone. */
const EXPERIMENTAL: Release = { version: '1.6', channel: 'experimental' };

describe('what keeps clients out', () => {
  const ranged = service({ spec: { loadBalancerSourceRanges: ['10.0.0.0/8'] } });

  it('is a policy of the route where the target has one', () => {
    const conversion = made([ranged], { target: 'envoy-gateway' });
    const policy = conversion.plan.objects.find(({ object }) => object.kind === 'SecurityPolicy')?.object;
    expect(policy).toMatchObject({
      metadata: { namespace: 'data', name: 'db-tcp-5432' },
      spec: {
        targetRefs: [{ kind: 'TCPRoute', name: 'db-tcp-5432' }],
        authorization: { defaultAction: 'Deny', rules: [{ action: 'Allow', principal: { clientCIDRs: ['10.0.0.0/8'] } }] },
      },
    });
    expect(ends(conversion)).toContain('spec.loadBalancerSourceRanges[0] approximated plan/load-balancer-address');
  });

  it.each([
    ['standard', ranged],
    ['envoy-gateway@1.6', ranged],
    ['envoy-gateway', service({ spec: { loadBalancerSourceRanges: ['10.0.0.0/8'], ports: [{ port: 5432, protocol: 'UDP' }] } })],
    ['envoy-gateway', service({ spec: { loadBalancerSourceRanges: ['10.0.0.0/99'] } })],
    ['standard', service({ annotations: { 'service.beta.kubernetes.io/load-balancer-source-ranges': '10.0.0.0/8, 192.0.2.1/32' } })],
  ])('withholds the route on %s, unless it is asked for all the same', (target, document) => {
    const conversion = made([document], { target, release: EXPERIMENTAL });
    expect(routes(conversion)).toEqual([]);
    expect(ends(conversion)).toContain('spec.ports[0].port unmapped plan/load-balancer-sources');
    const emitted = made([document], { target, release: EXPERIMENTAL, onSecurityLoss: 'emit' });
    expect(routes(emitted)).toHaveLength(1);
    expect(emitted.ledger.findings.filter(({ code }) => code === 'plan/load-balancer-opened')).toMatchObject([
      { level: 'error', security: true, differs: ['protection'] },
    ]);
  });

  it('is nothing where everybody is admitted', () => {
    const conversion = made([service({ spec: { loadBalancerSourceRanges: ['0.0.0.0/0'] } })]);
    expect(routes(conversion)).toEqual(['TCPRoute db-tcp-5432']);
    expect(ends(conversion)).toContain('spec.loadBalancerSourceRanges[0] inert load-balancer-service/everybody');
  });

  const aws = (name: string) => `service.beta.kubernetes.io/aws-load-balancer-${name}`;

  it.each([
    [{ [aws('internal')]: 'true' }, 'internal'],
    [{ [aws('internal')]: '0.0.0.0/0' }, 'internal'],
    [{ [aws('scheme')]: 'internal' }, 'internal'],
    [{ [aws('type')]: 'external' }, 'internal'],
    [{ 'networking.gke.io/load-balancer-type': 'Internal' }, 'internal'],
    [{ 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' }, 'internal'],
    [{ [aws('security-groups')]: 'sg-1' }, 'firewall'],
    [{ 'service.beta.kubernetes.io/azure-allowed-service-tags': 'AzureFrontDoor.Backend' }, 'firewall'],
    [{ 'service.beta.kubernetes.io/do-loadbalancer-deny-rules': 'ip:192.0.2.1' }, 'firewall'],
    [{ [aws('ssl-cert')]: 'arn:aws:acm:eu-west-1:1:certificate/a' }, 'tls'],
    [{ [aws('proxy-protocol')]: '*' }, 'proxy-protocol'],
    [{ [aws('target-group-attributes')]: 'proxy_protocol_v2.enabled=true', [aws('scheme')]: 'internet-facing' }, 'proxy-protocol'],
    [{ [aws('proxy-protocol-per-target-group')]: '5432' }, 'proxy-protocol'],
    // Read by the controller alone, which makes it internal.
    [{ [aws('attributes')]: 'a=b' }, 'internal'],
    [{ 'service.beta.kubernetes.io/azure-disable-load-balancer-nsg-rule': 'true' }, 'firewall'],
    [{ 'service.beta.kubernetes.io/port_5432_no_lb_rule': 'true' }, 'firewall'],
    [{ 'service.cilium.io/src-ranges-policy': 'deny' }, 'firewall'],
    [{ 'oci-network-load-balancer.oraclecloud.com/internal': 'true' }, 'internal'],
    [{ 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type': 'intranet' }, 'internal'],
    [{ 'service.beta.kubernetes.io/scw-loadbalancer-private': 'true' }, 'internal'],
    [{ 'service.beta.kubernetes.io/linode-loadbalancer-firewall-id': '12' }, 'firewall'],
    [{ 'service.beta.kubernetes.io/linode-loadbalancer-port-443': '{"tls-secret-name": "web"}' }, 'tls'],
    [{ 'service.beta.kubernetes.io/do-loadbalancer-redirect-http-to-https': 'true' }, 'redirect'],
    [{ 'load-balancer.hetzner.cloud/http-redirect-http': 'true' }, 'redirect'],
    // Of nobody known here, by their words.
    [{ 'service.kubernetes.io/qcloud-loadbalancer-internal-subnetid': 'subnet-1' }, 'internal'],
    [{ 'service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type': 'private' }, 'internal'],
    [{ 'lb.stackit.cloud/internal-lb': 'true' }, 'internal'],
    [{ 'kubernetes.io/elb.autocreate': '{"type":"inner"}' }, 'internal'],
    [{ 'example.com/loadbalancer-allowed-cidrs': '10.0.0.0/8' }, 'firewall'],
    [{ 'metallb.io/loadBalancerIPs': '203.0.113.4,10.1.2.3' }, 'internal'],
  ])('withholds the whole Service for %j', (annotations, code) => {
    const conversion = made([service({ annotations })]);
    expect(routes(conversion)).toEqual([]);
    expect(ends(conversion)).toContain(`spec.ports[0].port manual load-balancer-service/${code}`);
  });

  it.each([
    [{ [aws('internal')]: 'false' }, 'aws-load-balancer-internal inert load-balancer-service/default'],
    [{ [aws('scheme')]: 'internet-facing' }, 'aws-load-balancer-scheme inert load-balancer-service/default'],
    [{ [aws('nmae')]: 'a' }, 'aws-load-balancer-nmae unknown load-balancer-service/misspelt'],
    [{ 'networking.gke.io/hovercraft': 'eels' }, 'networking.gke.io/hovercraft unknown load-balancer-service/unknown'],
    [{ 'metallb.universe.tf/loadBalancerIPs': '192.0.2.1' }, 'metallb.universe.tf/loadBalancerIPs manual load-balancer-service/address'],
    [
      { 'external-dns.alpha.kubernetes.io/hostname': 'db.test' },
      'external-dns.alpha.kubernetes.io/hostname manual load-balancer-service/dns',
    ],
    [{ [aws('connection-idle-timeout')]: '60' }, 'aws-load-balancer-connection-idle-timeout unmapped load-balancer-service/tuning'],
    [{ 'service.cilium.io/src-ranges-policy': 'allow' }, 'service.cilium.io/src-ranges-policy inert load-balancer-service/default'],
    [{ 'service.beta.kubernetes.io/port_5432_no_probe_rule': 'true' }, 'port_5432_no_probe_rule unmapped load-balancer-service/tuning'],
    [{ 'service.beta.kubernetes.io/azure-pls-create': 'false' }, 'azure-pls-create inert load-balancer-service/default'],
    [{ 'example.com/load-balancer-size': 'large' }, 'example.com/load-balancer-size inert load-balancer-service/elsewhere'],
    [{ 'example.com/tier': 'internal' }, 'example.com/tier inert load-balancer-service/elsewhere'],
    [{ 'prometheus.io/scrape': 'true' }, 'prometheus.io/scrape inert load-balancer-service/elsewhere'],
  ])('is not what %j is about', (annotations, end) => {
    const conversion = made([service({ annotations })]);
    expect(routes(conversion)).toEqual(['TCPRoute db-tcp-5432']);
    expect(ends(conversion)).toContain(end);
  });

  it('opens an internal Service only where losses are accepted, and says so', () => {
    const conversion = made([service({ annotations: { [aws('scheme')]: 'internal' } })], { onSecurityLoss: 'emit' });
    expect(routes(conversion)).toEqual(['TCPRoute db-tcp-5432']);
    expect(ends(conversion)).toContain('aws-load-balancer-scheme unmapped load-balancer-service/opened');
  });
});

describe('where a load balancer is reached from', () => {
  const at = (spec: object, status: object = {}) => JSON.stringify({ ...JSON.parse(service({ spec })), status });

  it.each([
    ['by its class', at({ loadBalancerClass: 'networking.gke.io/l4-regional-internal' }), 'internal'],
    ['by a class that is internal by default', at({ loadBalancerClass: 'eks.amazonaws.com/nlb' }), 'internal'],
    ['by a class nobody knows', at({ loadBalancerClass: 'corp.example/edge' }), 'class'],
    ['by the address it asks for', at({ loadBalancerIP: '192.168.4.7' }), 'internal'],
    ['by the address it has', at({}, { loadBalancer: { ingress: [{ ip: '172.20.0.9' }] } }), 'internal'],
    ['by the name it has', at({}, { loadBalancer: { ingress: [{ hostname: 'internal-a1b2.eu-west-1.elb.amazonaws.com' }] } }), 'internal'],
  ])('withholds what is reached from inside alone: %s', (_, document, code) => {
    const conversion = made([ingress, document]);
    expect(routes(conversion)).toEqual([]);
    expect(ends(conversion)).toContain(`spec.ports[0].port manual load-balancer-service/${code}`);
  });

  it.each([
    ['public addresses', at({}, { loadBalancer: { ingress: [{ ip: '203.0.113.9' }] } })],
    ['a class whose annotations say it', at({ loadBalancerClass: 'io.cilium/l2-announcer' })],
  ])('converts others: %s', (_, document) => {
    expect(routes(made([ingress, document]))).toEqual(['TCPRoute db-tcp-5432']);
  });

  it('is not told by private addresses where those of the ingress controller are private as well', () => {
    const controller = JSON.stringify({
      ...JSON.parse(service({ name: 'edge', labels: { 'app.kubernetes.io/name': 'ingress-nginx' } })),
      status: { loadBalancer: { ingress: [{ ip: '10.0.0.1' }] } },
    });
    const database = at({}, { loadBalancer: { ingress: [{ ip: '10.0.0.2' }] } });
    expect(routes(made([controller, database]))).toEqual(['TCPRoute db-tcp-5432']);
    const annotated = service({ annotations: { 'networking.gke.io/load-balancer-type': 'Internal' } });
    expect(routes(made([controller, annotated]))).toEqual([]);
  });

  it('says that a Gateway may have other families of addresses', () => {
    expect(ends(made([at({ ipFamilyPolicy: 'PreferDualStack' })]))).toContain('spec.ipFamilyPolicy manual load-balancer-service/families');
    expect(ends(made([at({ ipFamilies: ['IPv4'] })]))).toContain('spec.ipFamilies[0] inert load-balancer-service/default');
  });
});

describe('the Service in front of a controller', () => {
  const deployment = JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'edge', namespace: 'data' },
    spec: {
      template: {
        metadata: { labels: { app: 'edge' } },
        spec: { containers: [{ image: 'registry.k8s.io/ingress-nginx/controller:v1.15.0' }] },
      },
    },
  });

  const publishing = JSON.stringify({
    ...JSON.parse(deployment),
    spec: { template: { spec: { containers: [{ image: 'registry.test/own', args: ['--publish-service=$(POD_NAMESPACE)/front'] }] } } },
  });

  it.each([
    ['by its labels', [service({ labels: { 'app.kubernetes.io/name': 'ingress-nginx' } })]],
    ['by its selector', [service({ spec: { selector: { 'app.kubernetes.io/name': 'ingress-nginx' } } })]],
    ['by the Pods behind it', [deployment, service({ name: 'edge' })]],
    ['by what the controller publishes', [publishing, service({ name: 'front', spec: { selector: { tier: 'edge' } } })]],
    ['of a Gateway', [service({ labels: { 'gateway.networking.k8s.io/gateway-name': 'web' } })]],
  ])('is left alone: %s', (_, documents) => {
    const conversion = made([ingress, ...documents]);
    expect(routes(conversion)).toEqual([]);
    expect(ends(conversion)).toEqual([]);
    expect(conversion.ledger.findings.map(({ code }) => code)).toContain('load-balancer-service/controller');
  });
});
