import type { ExtensionObject, OutputObject } from '../../gateway/types.ts';
import { isObject, type Json, type JsonObject, member } from '../../model/json.ts';
import { rewrittenPath } from '../../route/path/index.ts';
import { type BackendKind, extensionFilters, type ReadEffects, type RuleEffects } from '../effects.ts';
import { GROUP, middleware, onlyService, traefikService } from './kinds.ts';

/** The Middlewares that the rule names, and the Services behind its TraefikServices. */
export const effects: ReadEffects = (objects) => {
  const [middlewares, services] = [specsOf(objects, middleware.kind), specsOf(objects, traefikService.kind)];
  const backend = (ref: BackendKind) => {
    const spec = ref.group === GROUP && ref.kind === traefikService.kind ? services.get(`${ref.namespace}/${ref.name}`) : undefined;
    return spec === undefined ? null : serviceOf(onlyService(spec), ref.namespace);
  };
  return (place) => {
    const home = place.route.metadata.namespace ?? 'default';
    const named = extensionFilters(place).map(({ group, kind, name }) => ({
      name: `${kind} ${name}`,
      spec: group === GROUP && kind === middleware.kind ? middlewares.get(`${home}/${name}`) : undefined,
    }));
    const known = named.flatMap(({ spec }) => (spec !== undefined && isKnown(spec) ? [spec] : []));
    return {
      protections: known.flatMap(protectionsOf),
      rewrite: known.map(rewriteOf).find((rewrite) => rewrite !== null) ?? null,
      status: null,
      backend,
      unknown: named.filter(({ spec }) => spec === undefined || !isKnown(spec)).map(({ name }) => name),
    };
  };
};

function specsOf(objects: readonly OutputObject[], kind: string): ReadonlyMap<string, JsonObject> {
  const own = objects.filter((object): object is ExtensionObject => object.kind === kind && object.apiVersion.startsWith(`${GROUP}/`));
  return new Map(own.map(({ metadata, spec }) => [`${metadata.namespace ?? 'default'}/${metadata.name}`, (spec ?? {}) as JsonObject]));
}

/** Of others it is not known whether they answer, or change the path. */
const KNOWN = [
  'ipAllowList',
  'basicAuth',
  'digestAuth',
  'forwardAuth',
  'headers',
  'rateLimit',
  'inFlightReq',
  'buffering',
  'retry',
  'errors',
];

function isKnown(spec: JsonObject): boolean {
  const kinds = Object.keys(spec);
  return kinds.length === 1 && kinds.every((kind) => [...KNOWN, 'compress', 'replacePathRegex'].includes(kind));
}

function protectionsOf(spec: JsonObject): readonly string[] {
  const ranges = member(member(spec, 'ipAllowList'), 'sourceRange');
  const isText = (value: Json | undefined) => typeof value === 'string' && value !== '';
  return [
    // One list stands for those who are admitted and for those who are not.
    ...(Array.isArray(ranges) && ranges.length > 0 && !admitsAll(ranges) ? ['allowList', 'denyList'] : []),
    ...(['basicAuth', 'digestAuth'].some((kind) => isText(member(member(spec, kind), 'secret'))) ? ['basicAuth'] : []),
    ...(isText(member(member(spec, 'forwardAuth'), 'address')) ? ['externalAuth'] : []),
  ];
}

function admitsAll(ranges: readonly Json[]): boolean {
  return ranges.includes('0.0.0.0/0') && ranges.includes('::/0');
}

function rewriteOf(spec: JsonObject): RuleEffects['rewrite'] {
  const [regex, replacement] = ['regex', 'replacement'].map((field) => member(member(spec, 'replacePathRegex'), field));
  if (typeof regex !== 'string' || typeof replacement !== 'string') return null;
  const [, flags, body] = /^(\(\?i\))?\^(.*)\$$/s.exec(regex) ?? [];
  // Patterns of others may be found in the middle of a path.
  if (body === undefined) return () => 'unknown';
  const nginx = replacement.replace(/\$\{([1-9])\}/g, '$$$1');
  return (path) => rewrittenPath(body, nginx, { caseInsensitive: flags !== undefined }, path) ?? path;
}

function serviceOf(service: JsonObject | null, home: string) {
  const [name, port, kind, namespace] = ['name', 'port', 'kind', 'namespace'].map((field) =>
    isObject(service ?? undefined) ? member(service ?? {}, field) : undefined,
  );
  if (typeof name !== 'string' || typeof port !== 'number' || (kind !== undefined && kind !== 'Service')) return null;
  return { namespace: typeof namespace === 'string' ? namespace : home, name, port };
}
