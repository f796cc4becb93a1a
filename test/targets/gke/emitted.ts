import { type CheckResult, checkObject } from '../../../src/check/crds.ts';
import type { HTTPRoute, OutputObject } from '../../../src/gateway/types.ts';
import { CRDS_PRESENT, crdFolder } from '../../check/published-crds.ts';

const VARIANTS = ['gke-cluster-dump', 'gke-gateway-head', 'gke-gateway-v1.4.0'];

/** What the CRDs of every GKE variant say against objects of Google's own kinds. */
export function crdViolations(objects: readonly OutputObject[]): readonly string[] {
  if (!CRDS_PRESENT) return [];
  return objects.flatMap((object) =>
    VARIANTS.flatMap((variant) => {
      const result: CheckResult = checkObject(crdFolder(variant), JSON.parse(JSON.stringify(object)));
      return result.kind === 'checked' ? result.violations.map(({ path, message }) => `${variant} ${object.kind} ${path}: ${message}`) : [];
    }),
  );
}

/** What GKE refuses a Gateway or a route for, or has never heard of. */
export function refusedByGke(objects: readonly OutputObject[]): readonly string[] {
  const kinds = objects.map(({ kind }) => kind).filter((kind) => !KINDS.has(kind));
  return [...kinds, ...objects.filter(isRoute).flatMap((route) => route.spec.rules.flatMap((rule) => ruleProblems(rule, route)))];
}

const KINDS: ReadonlySet<string> = new Set([
  'Gateway',
  'HTTPRoute',
  'ReferenceGrant',
  'Namespace',
  'Service',
  'BackendTLSPolicy',
  'GCPBackendPolicy',
  'GCPGatewayPolicy',
  'GCPHTTPFilter',
  'GCPTrafficDistributionPolicy',
  'HealthCheckPolicy',
  'ServiceExport',
]);

function isRoute(object: OutputObject): object is HTTPRoute {
  return object.kind === 'HTTPRoute';
}

function ruleProblems(rule: HTTPRoute['spec']['rules'][number], route: HTTPRoute): readonly string[] {
  const filters = rule.filters ?? [];
  const matches = rule.matches ?? [];
  const is = (what: string, found: boolean) => (found ? [`${route.metadata.name}: ${what}`] : []);
  return [
    ...is('timeouts', rule.timeouts !== undefined),
    ...is('retry', rule.retry !== undefined),
    ...is('persistence', rule.sessionPersistence !== undefined),
    ...is('name', rule.name !== undefined),
    ...is(
      'pattern',
      matches.some(({ path }) => path?.type === 'RegularExpression'),
    ),
    ...is(
      'method',
      matches.some(({ method }) => method !== undefined),
    ),
    ...is(
      'header pattern',
      matches.some(({ headers = [] }) => headers.some(({ type }) => type === 'RegularExpression')),
    ),
    ...is(
      'parent port',
      route.spec.parentRefs.some(({ port }) => port !== undefined),
    ),
    ...is('mirrors', filters.filter(({ type }) => type === 'RequestMirror').length > 1),
    ...is(
      'redirect',
      filters.some(
        (filter) =>
          filter.type === 'RequestRedirect' &&
          (filter.requestRedirect.port !== undefined || (filter.requestRedirect.statusCode ?? 302) > 302),
      ),
    ),
    ...is(
      'full path',
      filters.some((filter) => filter.type === 'URLRewrite' && filter.urlRewrite.path?.type === 'ReplaceFullPath'),
    ),
  ];
}
