import { hasField } from '../../gateway/fields.ts';
import type { IntentOf } from '../../intent/intent.ts';
import { defineFindings } from '../../ledger/finding.ts';
import type { LoweringContext } from '../contract.ts';
import { byHand, LOST_PROTECTION, type Lower, placeOf, unmapped } from '../lowering.ts';
import { alternatives } from './alternatives.ts';

const find = defineFindings('standard/external-auth', {
  'no-field': {
    ...LOST_PROTECTION,
    message: (a: { url: string; why: string }) => `asking ${a.url} before each request cannot be written: ${a.why}`,
    help: () => `${alternatives('externalAuth')} Check there that the answer's status and headers are treated as before.`,
  },
  'path-is-appended': {
    ...LOST_PROTECTION,
    message: (a: { url: string; service: string; port: number; path: string }) =>
      `asking ${a.url} before each request was not written: the ExternalAuth filter asks for the request's own path behind ${a.path}, so a server that answers other paths with 200 would let everybody in`,
    help: (a) =>
      `If the server checks every path under ${a.path}, add this filter to the rule yourself: {type: ExternalAuth, externalAuth: {protocol: HTTP, backendRef: {name: ${a.service}, port: ${a.port}}, http: {path: ${a.path}}}}. Only status 200 lets a request pass.`,
  },
});

/**
 * The filter puts a prefix before the request's path instead of asking one fixed path, and only 200 passes. Whether the
 * server refuses unknown paths cannot be seen in manifests, and one that serves a page for any path would open the route:
 * so it is never written, only handed out as a step.
 */
export const externalAuth: Lower<'externalAuth'> = (intent, context) => {
  const place = placeOf(intent, context);
  const why = obstacle(intent, context);
  if (why !== null) return unmapped(find['no-field']({ url: intent.url, why }, place));
  const server = clusterService(intent.url, context.rule.ingress.namespace);
  if (server === null) return unmapped(find['no-field']({ url: intent.url, why: 'only a Service of the cluster can be asked' }, place));
  return byHand(find['path-is-appended']({ url: intent.url, service: server.name, port: server.port, path: server.path }, place));
};

function obstacle(intent: IntentOf<'externalAuth'>, context: LoweringContext): string | null {
  if (!hasField(context.release, 'HTTPRoute.rules.filters.ExternalAuth')) {
    return `the standard channel of Gateway API ${context.release.version} has no external authentication`;
  }
  if (intent.url.includes('$')) return 'its URL holds variables of the proxy';
  if (intent.signInUrl !== null) return 'there is no redirect to a sign-in page';
  if (intent.method !== null && intent.method !== 'GET') return `it cannot be asked with ${intent.method}`;
  if (intent.requestHeaders.length > 0) return 'no headers of its own can be sent along';
  return null;
}

/** The Service behind `http://name[.namespace[.svc[.cluster.local]]][:port]/path`; null for any other URL. */
function clusterService(url: string, home: string): { name: string; namespace: string; port: number; path: string } | null {
  const match = /^http:\/\/([a-z0-9-]+)(?:\.([a-z0-9-]+)(?:\.svc(?:\.[a-z0-9.-]+)?)?)?(?::(\d{1,5}))?(\/[^?#]*)?$/.exec(url);
  const [, name, namespace, port, path] = match ?? [];
  if (name === undefined) return null;
  return { name, namespace: namespace ?? home, port: Number(port ?? 80), path: path ?? '/' };
}
