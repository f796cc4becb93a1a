import fc from 'fast-check';
import type { Intent } from '../../src/intent/intent.ts';
import type { Entry, IngressRef } from '../../src/model/entry.ts';
import { entriesBehind } from '../../src/route/entries-behind.ts';
import type { Action, HostTable, Match, PathMatch, RouteRule, RoutingTable } from '../../src/route/table.ts';
import { BOTH, backend, entry, HTTP, host, httpsRedirect, ingress, path, rule, secret, table } from './tables.ts';

/** Two of them share their name, as two files may have it. */
const ingressesOf = () => [ingress('web', 'shop'), ingress('api', 'shop'), ingress('web', 'blog'), ingress('web', 'blog')];
const HOSTS = ['a.test', 'x.a.test', '*.a.test', '*.test', 'b.test', 'a-b.test', ''];
const LITERALS = ['/', '/foo', '/foo/', '/foo/bar', '=/foo', '=/', '/a//b'];
const PATTERNS = ['~/', '~/foo', '~/foo/', '~/foo/[a-z]+', '~/foo/bar', '~/v[0-9]', '~/(foo|bar)(/|$)(.*)', '~/foo/(?!x)', '~/(a|b)'];

const conditions: fc.Arbitrary<Partial<Match>> = fc.oneof(
  { weight: 5, arbitrary: fc.constant({}) },
  fc.constantFrom('a', 'b').map((value) => ({ headers: [{ name: 'x', value, kind: 'exact' as const }] })),
  fc.constant({ cookies: [{ name: 'c', value: 'always', kind: 'exact' as const }] }),
  fc.constant({ methods: ['GET', 'POST'] }),
  fc.constant({ methods: ['PURGE'] }),
  fc.constant({ sourceRanges: ['10.0.0.0/8'] }),
);

const intents = (of: IngressRef): fc.Arbitrary<readonly Intent[]> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constant([]) },
    fc.constant([{ kind: 'allowList' as const, ranges: ['10.0.0.0/8'], entries: [entry(of, 'x/allow')] }]),
    fc.constant([{ kind: 'upstreamHost' as const, host: 'up.test', entries: [entry(of, 'x/host')] }]),
    fc.constant([{ kind: 'compression' as const, enabled: true, entries: [entry(of, 'x/gzip')] }]),
  );

function action(of: IngressRef, at: PathMatch): fc.Arbitrary<Action> {
  const service = fc.constantFrom('one', 'two');
  const entries = [entry(of, 'x/rewrite')];
  const rewrites =
    at.kind === 'regex'
      ? [null, { kind: 'regex' as const, pattern: at.pattern, replacement: '/$3', caseInsensitive: true, entries }]
      : [null, { kind: 'full' as const, path: '/all', entries }, { kind: 'prefix' as const, path: '/new', entries }];
  const paths = [{ kind: 'keep' as const }, { kind: 'full' as const, path: '/else' }];
  return fc.oneof(
    { weight: 5, arbitrary: fc.tuple(service, fc.constantFrom(...rewrites)).map(([name, rewrite]) => forward(of, [name], rewrite)) },
    fc.constant(forward(of, ['one', 'two'], null)),
    fc.constant<Action>({ kind: 'forward', backends: [backend(of, 'lost', { port: null, problem: 'no-such-port' })], rewrite: null }),
    fc.constantFrom(404, 403, 503).map((status): Action => ({ kind: 'respond', status, contentType: null, body: null })),
    fc.constantFrom(...paths).map(
      (to): Action => ({
        kind: 'redirect',
        redirect: {
          status: 302,
          scheme: null,
          host: 'else.test',
          port: null,
          path: to,
          query: { kind: 'keep' },
          entries: [entry(of, 'x/redirect')],
        },
      }),
    ),
  );
}

function forward(of: IngressRef, services: readonly string[], rewrite: Extract<Action, { kind: 'forward' }>['rewrite']): Action {
  return { kind: 'forward', backends: services.map((name, index) => backend(of, name, { weight: index + 1 })), rewrite };
}

const anyRule = (texts: readonly string[], ingresses: readonly IngressRef[]): fc.Arbitrary<RouteRule> =>
  fc.tuple(fc.constantFrom(...ingresses), fc.constantFrom(...texts), conditions).chain(([of, text, match]) =>
    fc
      .record({
        action: action(of, path(text)),
        intents: intents(of),
        redirects: fc.boolean(),
        scheme: fc.constantFrom(null, null, null, 'http' as const, 'https' as const),
      })
      .map(({ redirects, ...more }) =>
        rule(of, text, { ...more, match: { path: path(text), ...match }, httpsRedirect: redirects ? httpsRedirect(of) : null }),
      ),
  );

const anyHost = (name: string, ingresses: readonly IngressRef[]): fc.Arbitrary<HostTable> =>
  fc.constantFrom(LITERALS, PATTERNS).chain((texts) =>
    fc
      .record({
        rules: fc.array(anyRule(texts, ingresses), { minLength: 1, maxLength: 4 }),
        certificate: fc.constantFrom('own', 'default', 'none'),
        wildcard: fc.constantFrom('one-label' as const, 'any-depth' as const),
        passes: fc.constantFrom(false, false, false, true),
      })
      .map(({ rules, certificate, wildcard, passes }) => {
        const [of = ingress()] = rules.map((each) => each.ingress);
        const passthrough = passes && name !== '' && !name.startsWith('*') ? backend(of, 'db', { port: 443 }) : null;
        const ids = rules.map((each, index) => ({ ...each, id: `${name} ${index}` }));
        const own = certificate === 'own' ? secret(of, `tls-${of.namespace}`) : null;
        const made =
          own ?? (certificate === 'none' ? ({ kind: 'none' } as const) : ({ kind: 'default', asked: false, entries: [] } as const));
        return host(name, ids, {
          certificate: made,
          ports: certificate === 'none' && passthrough === null ? HTTP : BOTH,
          wildcard,
          passthrough,
        });
      }),
  );

const anyLoadBalancer = (name: string, ingresses: readonly IngressRef[]): fc.Arbitrary<RoutingTable> =>
  fc
    .uniqueArray(fc.constantFrom(...HOSTS), { minLength: 1, maxLength: 4 })
    .chain((names) => fc.tuple(...names.map((each) => anyHost(each, ingresses))))
    .map((hosts) =>
      table(
        [...hosts].sort((a, b) => Number(a.host === '') - Number(b.host === '')),
        { name, vendor: 'nginx' },
      ),
    );

/** Routing tables in any order of rules, of no controller in particular. */
export const anyTables: fc.Arbitrary<readonly RoutingTable[]> = fc.oneof(
  { weight: 3, arbitrary: anyLoadBalancer('public', ingressesOf()).map((only) => [only]) },
  fc.tuple(anyLoadBalancer('public', ingressesOf()), anyLoadBalancer('public-2', ingressesOf())),
);

/** Everything that has to end somewhere. */
export function entriesOf(tables: readonly RoutingTable[]): readonly Entry[] {
  const hosts = tables.flatMap((each) => each.hosts);
  return [
    ...hosts.flatMap((each) => each.rules.flatMap(entriesBehind)),
    ...hosts.flatMap(({ certificate }) => (certificate.kind === 'none' ? [] : certificate.entries)),
    ...hosts.flatMap(({ passthrough }) => passthrough?.entries ?? []),
  ];
}
