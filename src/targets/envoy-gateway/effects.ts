import type { OutputObject } from '../../gateway/types.ts';
import { type JsonObject, member } from '../../model/json.ts';
import { type BackendKind, extensionFilters, type ReadEffects, specOf } from '../effects.ts';
import { attachments, namespaceOf } from '../envoy/attachment.ts';
import { regexRewrite } from '../envoy/rewrite-effect.ts';
import { clientTrafficPolicy, GROUP, httpRouteFilter, securityPolicy } from './kinds.ts';
import { certificateChecks, securityChecks } from './protections.ts';

/** Policies that hold for the rule, the HTTPRouteFilters it names, and the Services behind Backends. */
export const effects: ReadEffects = (objects) => {
  const securityFor = attachments(objects, GROUP, securityPolicy.kind);
  const clientsFor = attachments(objects, GROUP, clientTrafficPolicy.kind);
  const filters = specsByName(objects, httpRouteFilter.kind);
  const backends = specsByName(objects, 'Backend');
  return (place) => {
    const named = extensionFilters(place).map(({ group, kind, name }) => ({
      name: `${kind} ${name}`,
      spec: group === GROUP && kind === httpRouteFilter.kind ? filters.get(`${namespaceOf(place.route)}/${name}`) : undefined,
    }));
    const specs = named.map(({ spec }) => spec).filter((spec) => spec !== undefined);
    return {
      protections: [...securityChecks(securityFor(place)), ...certificateChecks(clientsFor(place), place.listener)],
      rewrite: specs.map(rewriteOf).find((rewrite) => rewrite !== null) ?? null,
      status: specs.map(statusOf).find((status) => status !== null) ?? null,
      // A filter with matches narrows the rule, which is not evaluated.
      unknown: named.filter(({ spec }) => spec === undefined || member(spec, 'matches') !== undefined).map(({ name }) => name),
      backend: (backend) => serviceBehind(backend, backends),
    };
  };
};

function specsByName(objects: readonly OutputObject[], kind: string): ReadonlyMap<string, JsonObject> {
  const own = objects.filter((object) => object.kind === kind && object.apiVersion.startsWith(`${GROUP}/`));
  return new Map(own.map((object) => [`${namespaceOf(object)}/${object.metadata.name}`, specOf(object)]));
}

function rewriteOf(spec: JsonObject) {
  const replace = member(member(member(spec, 'urlRewrite'), 'path'), 'replaceRegexMatch');
  return regexRewrite(member(replace, 'pattern'), member(replace, 'substitution'));
}

function statusOf(spec: JsonObject): number | null {
  const response = member(spec, 'directResponse');
  const status = member(response, 'statusCode');
  return typeof status === 'number' ? status : response === undefined ? null : 200;
}

/** A Backend with one endpoint by the name that the cluster's DNS gives a Service. */
function serviceBehind({ group, kind, namespace, name }: BackendKind, backends: ReadonlyMap<string, JsonObject>) {
  const spec = group === GROUP && kind === 'Backend' ? backends.get(`${namespace}/${name}`) : undefined;
  const endpoints = member(spec, 'endpoints');
  const [endpoint, another] = Array.isArray(endpoints) ? endpoints : [];
  const hostname = member(member(endpoint, 'fqdn'), 'hostname');
  const port = member(member(endpoint, 'fqdn'), 'port');
  const [, service, home] = /^([a-z0-9-]+)\.([a-z0-9-]+)\.svc(?:\.|$)/.exec(typeof hostname === 'string' ? hostname : '') ?? [];
  if (service === undefined || home === undefined || typeof port !== 'number' || another !== undefined) return null;
  return { namespace: home, name: service, port };
}
