import { compareText } from '../../src/model/position.ts';
import type { HostTable, RouteRule, RoutingTable } from '../../src/route/table.ts';
import type { IngressView, Pack, PackView, Routed } from '../../src/rule/pack.ts';
import { type Books, settleRest } from './books.ts';
import { certificateOf, hostsOfCertificates } from './certificates.ts';
import { withDefaultBackends } from './default-backend.ts';
import { servedHosts } from './served-paths.ts';

/**
 * Plain Ingress semantics, for Ingresses of no known vendor: what the Kubernetes documentation says and nothing more.
 * https://kubernetes.io/docs/concepts/services-networking/ingress/
 */
export const kubernetes: Pack = {
  vendor: 'kubernetes',
  title: 'Kubernetes',
  controllers: [],
  classNames: [],
  prefixes: [],
  rules: [],
  route,
};

/** One load balancer for each class, and one for the Ingresses without class. */
function route(view: PackView): Routed {
  const books: Books = { settled: [], findings: [] };
  const classes = [...new Set(view.ingresses.map((ingress) => ingress.className))].sort((a, b) => compareText(a ?? '', b ?? ''));
  const tables = classes.map((className): RoutingTable => {
    const views = view.ingresses.filter((ingress) => ingress.className === className);
    const hosts = hostTables(views, view, books);
    settleRest(
      views.map(({ ingress }) => ingress),
      hosts,
      books,
    );
    return {
      vendor: 'kubernetes',
      loadBalancer: {
        name: className ?? (classes.includes('default') ? 'no-class' : 'default'),
        namespace: null,
        className,
        ingresses: views.map(({ ingress }) => ingress.ref),
      },
      hosts,
    };
  });
  return { tables, settled: books.settled, findings: books.findings };
}

function hostTables(views: readonly IngressView[], { estate }: PackView, books: Books): readonly HostTable[] {
  const hosts = withDefaultBackends(servedHosts(views, estate, books), views, estate, books);
  const all = [...hosts, ...hostsOfCertificates(hosts, views, books)].sort(byHost);
  const ids = new Map<string, number>();
  return all.map((host): HostTable => {
    const certificate = certificateOf(host, views, books);
    return {
      host: host.host,
      wildcard: 'one-label',
      // TLS of an Ingress adds 443 to 80; redirecting is a matter of controllers.
      ports: [{ scheme: 'http', port: 80 }, ...(certificate.kind === 'none' ? [] : [{ scheme: 'https', port: 443 } as const])],
      certificate,
      rules: host.rules.map((rule) => ({ ...rule, id: unique(rule, ids) })),
      owner: host.views[0]?.ingress.ref ?? null,
      intents: host.views.flatMap((view) => view.hostIntents),
      passthrough: null,
    };
  });
}

/** '' last, the others by name. */
function byHost(a: { readonly host: string }, b: { readonly host: string }): number {
  return Number(a.host === '') - Number(b.host === '') || compareText(a.host, b.host);
}

/** Two files may define an Ingress of the same name. */
function unique(rule: RouteRule, ids: Map<string, number>): string {
  const count = (ids.get(rule.id) ?? 0) + 1;
  ids.set(rule.id, count);
  return count === 1 ? rule.id : `${rule.id} #${count}`;
}
