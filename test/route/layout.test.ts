import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { gateshift, ingress, temporaryFolder } from '../cli/session.ts';

interface Written {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly listeners?: readonly {
      readonly name: string;
      readonly hostname?: string;
      readonly allowedRoutes?: unknown;
      readonly tls?: unknown;
    }[];
    readonly parentRefs?: readonly unknown[];
    readonly allowedListeners?: unknown;
  };
}

const inBlog = (text: string) => text.replace('namespace: shop', 'namespace: blog');
const onHost = (text: string, host: string) => text.replace(/host: \S+/, `host: "${host}"`);
const withTls = (name: string) =>
  ingress(name).replace('spec:\n', `spec:\n  tls:\n    - hosts: [${name}.example.com]\n      secretName: ${name}-tls\n`);

async function written(manifests: readonly string[], ...args: string[]): Promise<readonly Written[]> {
  const stdin = manifests.join('---\n');
  const { stdout } = await gateshift(['convert', '-', '-q', '--gateway-class', 'x', ...args], { stdin });
  expect((await gateshift(['verify', '-', ...args], { stdin })).code).toBe(0);
  return parseAllDocuments(stdout).map((document) => document.toJS());
}

function gatewaysIn(objects: readonly Written[]): readonly string[] {
  return objects
    .filter(({ kind }) => kind === 'Gateway')
    .map(
      ({ metadata, spec }) =>
        `${metadata.namespace}/${metadata.name}: ${(spec.listeners ?? []).map(({ hostname = '*' }) => hostname).join(' ')}`,
    );
}

describe('--gateway', () => {
  it('per-namespace: each namespace has the hosts of its Ingresses', async () => {
    const objects = await written([ingress('web'), inBlog(ingress('blog'))], '--gateway', 'per-namespace');
    expect(gatewaysIn(objects)).toEqual(['blog/nginx: blog.example.com', 'shop/nginx: web.example.com']);
    expect(objects.filter(({ kind }) => kind === 'Namespace')).toEqual([]);
  });

  it('keeps a host whole that two namespaces serve, and with a wildcard what it covers', async () => {
    const shared = onHost(ingress('other', {}, '/other'), 'blog.example.com');
    expect(gatewaysIn(await written([inBlog(ingress('blog')), shared], '--gateway', 'per-namespace'))).toHaveLength(1);
    const wild = inBlog(onHost(ingress('wild'), '*.example.com'));
    expect(gatewaysIn(await written([wild, ingress('web')], '--gateway', 'per-namespace'))).toEqual([
      'blog/nginx: *.example.com web.example.com',
    ]);
  });

  it('per-ingress: what does not share a host stands alone', async () => {
    const objects = await written(
      [ingress('web'), ingress('api'), onHost(ingress('two', {}, '/two'), 'api.example.com')],
      '--gateway',
      'per-ingress',
    );
    expect(gatewaysIn(objects)).toEqual(['shop/nginx-api: api.example.com', 'shop/nginx-web: web.example.com']);
  });

  it('NAMESPACE/NAME: that Gateway', async () => {
    expect(gatewaysIn(await written([ingress('web'), inBlog(ingress('blog'))], '--gateway', 'infra/main'))).toEqual([
      'infra/main: blog.example.com web.example.com',
    ]);
  });

  it('shared: load balancers of one class, unless they answer for any host or for the same', async () => {
    const alb = (name: string) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: ${name}, namespace: shop, annotations: {alb.ingress.kubernetes.io/target-type: ip}}
spec:
  ingressClassName: alb
  rules: [{host: ${name}.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: ${name}, port: {number: 80}}}}]}}]
`;
    const apart = [alb('a'), alb('b')].join('---\n');
    const { stdout } = await gateshift(['convert', '-', '-q'], { stdin: apart });
    expect(gatewaysIn(parseAllDocuments(stdout).map((document) => document.toJS()))).toHaveLength(2);
    const nginx = ingress('web').replace('ingressClassName: nginx', 'ingressClassName: internal');
    const two = await gateshift(['convert', '-', '--gateway', 'shared', '--class', 'internal=nginx'], {
      stdin: `${nginx}---\n${ingress('api')}`,
    });
    expect(two.stderr).toContain('plan/gateway-apart');
  });

  it('NAMESPACE/NAME: the load balancer with the most hosts has the name, others are called after it, and why is told', async () => {
    const internal = (name: string) => ingress(name).replace('ingressClassName: nginx', 'ingressClassName: internal');
    const stdin = [internal('in'), ingress('web'), ingress('api')].join('---\n');
    const { stdout, stderr } = await gateshift(['convert', '-', '--gateway', 'infra/main', '--class', 'internal=nginx', '-v'], { stdin });
    expect(gatewaysIn(parseAllDocuments(stdout).map((document) => document.toJS()))).toEqual([
      'infra/main: api.example.com web.example.com',
      'infra/main-internal: in.example.com',
    ]);
    expect(stderr).toMatch(
      /internal keeps a Gateway of its own, infra\/main-internal, .* its class is another one \(internal, not nginx\)/,
    );
    expect(stderr).toContain('plan/namespace-needed');
  });

  it.each([
    ['--fold-wildcard', 'example.com'],
    ['--fold-wildcard', '*.com'],
    ['--allowed-routes', 'al'],
    ['--allowed-routes', 'a b=c'],
    ['--allowed-routes', 'team=a b'],
    ['--fold-across-namespaces'],
  ])('exits 2 on %s %s', async (...args) => {
    expect((await gateshift(['convert', '-', ...args], { stdin: ingress('web') })).code).toBe(2);
  });

  it.each(['per-pod', 'x/y/z', 'Infra/main'])('exits 2 on %s', async (layout) => {
    expect((await gateshift(['convert', '-', '--gateway', layout], { stdin: ingress('web') })).code).toBe(2);
  });
});

describe('a Gateway of the input', () => {
  const existing = (listeners: string, namespace = 'infra') => `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: main, namespace: ${namespace}, labels: {team: platform}}
spec:
  gatewayClassName: theirs
  listeners:
${listeners}`;
  const theirs = (name: string, host: string) =>
    `    - {name: ${name}, hostname: ${host}, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {kubernetes.io/metadata.name: shop}}}}}\n`;

  it('keeps what it says, and gets the listeners that are missing', async () => {
    const objects = await written([existing(theirs('old', 'old.example.com')), ingress('web')], '--gateway', 'infra/main');
    const [gateway] = objects.filter(({ kind }) => kind === 'Gateway');
    expect(gateway).toMatchObject({ metadata: { labels: { team: 'platform' } }, spec: { gatewayClassName: 'theirs' } });
    expect(gateway?.spec.listeners?.map(({ name }) => name)).toEqual(['old', 'http-web-example-com']);
  });

  it('is bound to by its own listeners where these are for the host', async () => {
    const objects = await written([existing(theirs('mine', 'web.example.com')), ingress('web')], '--gateway', 'infra/main');
    expect(objects.find(({ kind }) => kind === 'Gateway')?.spec.listeners?.map(({ name }) => name)).toEqual(['mine']);
    expect(objects.find(({ kind }) => kind === 'HTTPRoute')?.spec.parentRefs).toEqual([
      { name: 'main', namespace: 'infra', sectionName: 'mine' },
    ]);
  });

  it('is not opened wider: what it does not admit is told', async () => {
    const closed = existing('    - {name: mine, hostname: web.example.com, port: 80, protocol: HTTP}\n');
    const { stdout, stderr } = await gateshift(['convert', '-', '--gateway', 'infra/main'], { stdin: `${closed}---\n${ingress('web')}` });
    expect(stderr).toContain('plan/listener-admits');
    expect(stdout).not.toContain('from: Selector');
  });
});

describe('--listeners listenerset', () => {
  it('gives each namespace its listeners and certificates, without a grant', async () => {
    const objects = await written([withTls('web'), inBlog(withTls('blog'))], '--listeners', 'listenerset');
    const sets = objects.filter(({ kind }) => kind === 'ListenerSet');
    expect(sets.map(({ metadata, spec }) => [metadata.namespace, spec.listeners?.map(({ name }) => name)])).toEqual([
      ['blog', ['http-blog-example-com', 'https-blog-example-com']],
      ['shop', ['http-web-example-com', 'https-web-example-com']],
    ]);
    expect(sets[0]?.spec.listeners?.[1]).toMatchObject({
      tls: { certificateRefs: [{ name: 'blog-tls' }] },
      allowedRoutes: { namespaces: { from: 'Same' } },
    });
    expect(objects.filter(({ kind }) => kind === 'ReferenceGrant')).toEqual([]);
    const gateway = objects.find(({ kind }) => kind === 'Gateway');
    expect(gateway?.spec.listeners).toEqual([expect.objectContaining({ hostname: 'placeholder.invalid' })]);
    expect(JSON.stringify(gateway?.spec.allowedListeners)).toContain('"values":["blog","shop"]');
    const route = objects.find(({ kind, metadata }) => kind === 'HTTPRoute' && metadata.namespace === 'shop');
    expect(route?.spec.parentRefs?.[0]).toMatchObject({ kind: 'ListenerSet', name: 'nginx' });
  });

  it('leaves on the Gateway what several namespaces have routes on', async () => {
    const other = inBlog(onHost(ingress('other', {}, '/other'), 'web.example.com'));
    const objects = await written([ingress('web'), other, inBlog(ingress('blog'))], '--listeners', 'listenerset');
    expect(gatewaysIn(objects)).toEqual(['gateway-system/nginx: web.example.com']);
  });

  it('needs a release that has them', async () => {
    const folder = temporaryFolder({ 'a.yaml': ingress('web'), 'b.yaml': inBlog(ingress('blog')) });
    const { stdout, stderr } = await gateshift(['convert', folder, '--listeners', 'listenerset', '--gateway-api', '1.4']);
    expect(stderr).toContain('plan/no-listener-sets');
    expect(stdout).not.toContain('ListenerSet');
  });
});
