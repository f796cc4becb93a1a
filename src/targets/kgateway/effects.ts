import type { Listener, OutputObject } from '../../gateway/types.ts';
import { type Json, type JsonObject, member } from '../../model/json.ts';
import { extensionFilters, type ReadEffects, specOf } from '../effects.ts';
import { type Attached, attachments, LEVELS, namespaceOf } from '../envoy/attachment.ts';
import { regexRewrite } from '../envoy/rewrite-effect.ts';
import { directResponse, GROUP, listenerPolicy, trafficPolicy } from './kinds.ts';

/** TrafficPolicies that hold for the rule, also by its filters, ListenerPolicies, and DirectResponses. */
export const effects: ReadEffects = (objects) => {
  const trafficFor = attachments(objects, GROUP, trafficPolicy.kind);
  const listenersFor = attachments(objects, GROUP, listenerPolicy.kind);
  const named = new Map(objects.flatMap((object): [string, JsonObject][] => (isOwn(object) ? [[keyOf(object), specOf(object)]] : [])));
  return (place) => {
    const home = namespaceOf(place.route);
    const filters = extensionFilters(place).map(({ group, kind, name }) => ({
      kind,
      name: `${kind} ${name}`,
      spec: group === GROUP ? named.get(`${kind} ${home}/${name}`) : undefined,
    }));
    const byFilter = filters.flatMap(({ kind, spec }) => (kind === trafficPolicy.kind && spec !== undefined ? [spec] : []));
    const own = trafficFor(place);
    const attached: Attached = { ...own, rule: [...byFilter, ...own.rule] };
    const [rewrite] = nearest(attached, 'urlRewrite');
    return {
      protections: [...checksOf(attached, named, home), ...certificateChecks(listenersFor(place), place.listener)],
      rewrite: regexRewrite(member(member(rewrite, 'pathRegex'), 'pattern'), member(member(rewrite, 'pathRegex'), 'substitution')),
      status: filters.map(statusOf).find((status) => status !== null) ?? null,
      unknown: filters.filter(({ spec, kind }) => spec === undefined || !KNOWN.includes(kind)).map(({ name }) => name),
    };
  };
};

const KNOWN: readonly string[] = [trafficPolicy.kind, directResponse.kind];

function isOwn({ apiVersion }: OutputObject): boolean {
  return apiVersion.startsWith(`${GROUP}/`);
}

function keyOf(object: OutputObject): string {
  return `${object.kind} ${namespaceOf(object)}/${object.metadata.name}`;
}

function statusOf({ kind, spec }: { readonly kind: string; readonly spec: JsonObject | undefined }): number | null {
  const status = kind === directResponse.kind ? member(spec, 'status') : undefined;
  return typeof status === 'number' ? status : null;
}

/** Policies are merged field by field: of the nearest that have the field. Which of several for the same counts is not known. */
function nearest(attached: Attached, field: string): readonly Json[] {
  for (const level of LEVELS) {
    const values = attached[level].map((spec) => member(spec, field)).filter((value) => value !== undefined);
    if (values.length > 0) return values;
  }
  return [];
}

function checksOf(attached: Attached, named: ReadonlyMap<string, JsonObject>, home: string): readonly string[] {
  const every = (field: string, checks: (value: Json) => boolean) => {
    const values = nearest(attached, field);
    return values.length > 0 && values.every((value) => member(value, 'disable') === undefined && checks(value));
  };
  return [
    ...(every('acl', isClosed) ? ['allowList'] : []),
    ...(every('acl', refuses) ? ['denyList'] : []),
    ...(every('basicAuth', (value) => (member(value, 'secretRef') ?? member(value, 'users')) !== undefined) ? ['basicAuth'] : []),
    ...(every('extAuth', (value) => !mayFailOpen(extensionOf(value, named, home))) ? ['externalAuth'] : []),
    ...(every('jwtAuth', (value) => !isLax(extensionOf(value, named, home))) ? ['jwt'] : []),
    ...(every('oauth2', () => true) ? ['oidc'] : []),
  ];
}

function rules(acl: Json, action: 'allow' | 'deny'): readonly string[] {
  const written = member(acl, 'rules');
  return (Array.isArray(written) ? written : [])
    .filter((rule) => member(rule, 'action') === action)
    .flatMap((rule) => {
      const cidrs = member(rule, 'cidrs');
      return Array.isArray(cidrs) ? cidrs.filter((range) => typeof range === 'string') : [];
    });
}

function isClosed(acl: Json): boolean {
  return member(acl, 'defaultAction') === 'deny' && !rules(acl, 'allow').some((range) => range.endsWith('/0'));
}

function refuses(acl: Json): boolean {
  return rules(acl, 'deny').length > 0;
}

/** The GatewayExtension that a policy names; one that is not there fails closed. */
function extensionOf(value: Json, named: ReadonlyMap<string, JsonObject>, home: string): JsonObject | undefined {
  const ref = member(value, 'extensionRef');
  const namespace = member(ref, 'namespace');
  return named.get(`GatewayExtension ${typeof namespace === 'string' ? namespace : home}/${String(member(ref, 'name'))}`);
}

function mayFailOpen(extension: JsonObject | undefined): boolean {
  return member(member(extension, 'extAuth'), 'failOpen') === true;
}

function isLax(extension: JsonObject | undefined): boolean {
  return member(member(extension, 'jwt'), 'validationMode') === 'AllowMissing';
}

/** A policy of the listener counts before that of its Gateway. */
function certificateChecks(attached: Attached, listener: Listener): readonly string[] {
  if (listener.protocol !== 'HTTPS') return [];
  const level = attached.listener.length > 0 ? attached.listener : attached.gateway;
  const isVerified = (spec: JsonObject) => {
    const mode = member(member(member(spec, 'default'), 'clientCertificateValidation'), 'mode');
    return mode === 'Require' || mode === 'Optional';
  };
  return level.length > 0 && level.every(isVerified) ? ['clientCertificate'] : [];
}
