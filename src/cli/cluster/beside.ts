import { GATEWAY_API_GROUP } from '../../gateway/fields.ts';
import type { Finding, Place } from '../../ledger/finding.ts';
import type { Estate } from '../../model/estate.ts';
import { isObject, type Json, type JsonObject, member } from '../../model/json.ts';
import type { OtherObject } from '../../model/objects.ts';
import { placeOf } from '../../output.ts';
import type { PlannedObject } from '../../plan/plan.ts';
import { clusterFindings } from './findings.ts';
import type { Cluster } from './read-cluster.ts';

/** What the output meets in the cluster: older routes with the same matches, and Secrets that are not there. */
export function besideLive(cluster: Cluster, estate: Estate, objects: readonly PlannedObject[]): readonly Finding[] {
  return [...olderRoutes(estate, objects), ...missingSecrets(cluster, estate, objects)];
}

/**
 * Of two routes with equal matches the older one is served, and all routes of the output are younger than any that is there
 * (https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule). Among themselves they have no equal matches.
 */
function olderRoutes(estate: Estate, objects: readonly PlannedObject[]): readonly Finding[] {
  const live = estate.others.filter(({ ref, apiVersion }) => ref.kind === 'HTTPRoute' && apiVersion.startsWith(`${GATEWAY_API_GROUP}/`));
  if (live.length === 0) return [];
  const served = new Map<string, OtherObject[]>();
  for (const route of live)
    for (const { key } of servedBy(route.value, route.ref.namespace)) served.set(key, [...(served.get(key) ?? []), route]);
  return objects
    .filter(({ object }) => object.kind === 'HTTPRoute')
    .flatMap((planned) => {
      const { name, namespace = 'default' } = planned.object.metadata;
      const own = live.find(({ ref }) => ref.name === name && ref.namespace === namespace);
      const said = new Set<string>();
      return servedBy(JSON.parse(JSON.stringify(planned.object)), namespace).flatMap(({ key, gateway, match }) => {
        const older = (served.get(key) ?? []).find(
          (other) => other !== own && (own === undefined || createdAt(other) < createdAt(own)) && !said.has(other.ref.name),
        );
        if (older === undefined) return [];
        said.add(older.ref.name);
        const args = {
          route: `HTTPRoute ${namespace}/${name}`,
          older: `HTTPRoute ${older.ref.namespace}/${older.ref.name}`,
          gateway,
          match,
        };
        return [clusterFindings['older-route'](args, placeOf(planned))];
      });
    });
}

function createdAt({ value }: OtherObject): string {
  return textIn(member(value, 'metadata'), 'creationTimestamp');
}

interface Served {
  readonly key: string;
  readonly gateway: string;
  /** `shop.example.com /cart`, with what else has to match. */
  readonly match: string;
}

/** Each host and match that a route has on each Gateway. */
function servedBy(route: JsonObject, namespace: string): readonly Served[] {
  const spec = member(route, 'spec');
  const hosts = listIn(spec, 'hostnames');
  const matches = listIn(spec, 'rules').flatMap((rule) => (listIn(rule, 'matches').length === 0 ? [null] : listIn(rule, 'matches')));
  const gateways = new Set(
    listIn(spec, 'parentRefs')
      .filter((ref) => ['', 'Gateway'].includes(textIn(ref, 'kind')))
      .map((ref) => `${textIn(ref, 'namespace') || namespace}/${textIn(ref, 'name')}`),
  );
  return [...gateways].flatMap((gateway) =>
    (hosts.length === 0 ? [''] : hosts).flatMap((host) =>
      matches.map((match) => {
        const path = member(match ?? undefined, 'path');
        const [type, value] = [textIn(path, 'type') || 'PathPrefix', textIn(path, 'value') || '/'];
        const rest = ['method', 'headers', 'queryParams'].flatMap((field) => {
          const wanted = member(match ?? undefined, field);
          return wanted === undefined || (Array.isArray(wanted) && wanted.length === 0) ? [] : [`${field} ${canonical(wanted)}`];
        });
        const text = [`${host === '' ? 'any host' : String(host)} ${value}`, ...rest].join(', ');
        return { key: JSON.stringify([gateway, host, type, value, rest]), gateway, match: text };
      }),
    ),
  );
}

/** Conditions in any order, with the default of their type. */
function canonical(value: Json): string {
  if (!Array.isArray(value)) return String(value);
  const parts = value.map((each) =>
    JSON.stringify([textIn(each, 'type') || 'Exact', textIn(each, 'name').toLowerCase(), textIn(each, 'value')]),
  );
  return parts.sort().join();
}

/** Certificates that listeners name. Nothing is said where Secrets were not all read. */
function missingSecrets({ unknown, everywhere }: Cluster, estate: Estate, objects: readonly PlannedObject[]): readonly Finding[] {
  if (!everywhere || unknown.includes('secrets')) return [];
  const written = new Set(
    objects.flatMap(({ object }) => (object.kind === 'Secret' ? [`${object.metadata.namespace ?? ''}/${object.metadata.name}`] : [])),
  );
  const said = new Set<string>();
  return objects
    .filter(({ object }) => ['Gateway', 'ListenerSet', 'XListenerSet'].includes(object.kind))
    .flatMap((planned) => {
      const { object } = planned;
      const value: JsonObject = JSON.parse(JSON.stringify(object));
      const refs = listIn(member(value, 'spec'), 'listeners').flatMap((listener) => listIn(member(listener, 'tls'), 'certificateRefs'));
      return refs.flatMap((ref) => {
        const secret = `${textIn(ref, 'namespace') || (object.metadata.namespace ?? '')}/${textIn(ref, 'name')}`;
        const isKnown =
          estate.secretByName.has(secret) || written.has(secret) || said.has(secret) || !['', 'Secret'].includes(textIn(ref, 'kind'));
        if (isKnown) return [];
        said.add(secret);
        const args = { secret, by: `${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}` };
        return [clusterFindings['no-secret'](args, namedIn(secret, estate) ?? placeOf(planned))];
      });
    });
}

/** Where an Ingress names it. */
function namedIn(secret: string, { ingresses }: Estate): Place | null {
  for (const { ref, tls } of ingresses)
    for (const { secretName, entries } of tls) {
      if (`${ref.namespace}/${secretName ?? ''}` !== secret) continue;
      const entry = entries.find(({ name }) => name.endsWith('.secretName'));
      return { at: entry?.at ?? ref.at, ingress: ref };
    }
  return null;
}

function listIn(value: Json | undefined, key: string): readonly Json[] {
  const list = member(value, key);
  return Array.isArray(list) ? list : [];
}

function textIn(value: Json | undefined, key: string): string {
  const text = isObject(value) ? member(value, key) : undefined;
  return typeof text === 'string' ? text : '';
}
