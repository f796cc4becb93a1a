import type { Intent } from '../../../src/intent/intent.ts';
import type { Entry } from '../../../src/model/entry.ts';
import type { Estate } from '../../../src/model/estate.ts';
import type { Books } from '../../../src/rule/books.ts';
import { entryOf, valueOr } from '../../../src/rule/codec.ts';
import { asDefault } from '../annotation.ts';
import { backendProtocol, entryFor, protocolIntent } from '../backend-protocol.ts';
import { hstsFindings } from '../hsts.ts';
import { requestHeaderEffect, requestHeaderFindings, requestHeaders } from '../request-headers.ts';
import { addedHeaderEffect, addedHeaders, responseHeaderFindings } from '../response-headers.ts';
import { inert, placeOf } from '../settlement.ts';
import { stickyCookies, stickyFindings, stickyIntent } from '../sticky-cookies.ts';
import { readsAt } from './facts.ts';
import type { Location } from './locations.ts';
import { grpcEntries } from './protocols.ts';
import { runEffects, type ServerSettings } from './server-settings.ts';

export interface LocationSettings {
  readonly intents: readonly Intent[];
  /** Settings that shaped the location without being in an intent. */
  readonly entries: readonly Entry[];
  readonly isGrpc: boolean;
}

/** What holds at one location: of the server, of its Ingress, and of the Service it leads to. */
export function locationSettings(location: Location, server: ServerSettings, estate: Estate, books: Books): LocationSettings {
  const { facts, backend } = location;
  const { owned } = server;
  const master = owned.owner.role === 'master' ? owned.owner : null;
  const effects =
    master === null ? [] : runEffects(['either', 'location'], facts, master, owned, estate, server.certificate.kind !== 'none');
  for (const effect of effects) {
    books.settled.push(...effect.settled);
    books.findings.push(...effect.findings);
  }
  const own = effects.flatMap(({ intents }) => intents);
  const lists = readsAt(backendProtocol, facts, null);
  const grpc = grpcEntries(lists.grpc, backend.name, estate, books);
  const protocol = protocolIntent(entryFor(lists.ssl, backend.name), grpc);
  const sticky = affinity(location, books);
  const replaced = new Set(own.flatMap(familyOf));
  const inherited = server.intents.filter((intent) => familyOf(intent).every((family) => !replaced.has(family)));
  const added = withAddedHeaders(location, server, [...own, ...inherited], books);
  const intents = [
    ...added.intents,
    ...sentHeaders(location, server, grpc.length > 0, books),
    ...(protocol === null ? [] : [protocol]),
    ...(sticky === null ? [] : [sticky]),
  ];
  return { intents, entries: [...entryFor(lists.websocket, backend.name), ...added.entries], isGrpc: grpc.length > 0 };
}

/** Directives that a location has in place of those of its server, and not beside them. */
function familyOf({ kind }: Intent): readonly string[] {
  switch (kind) {
    case 'allowList':
    case 'denyList':
      return ['address list'];
    case 'basicAuth':
    case 'jwt':
    case 'externalAuth':
    case 'waf':
    case 'cors':
    case 'backendTls':
    case 'customErrors':
      return [kind];
    default:
      return [];
  }
}

/** `add_header` of the server reaches a location that has none, or one that merges. CORS headers are such lines too. */
function withAddedHeaders(
  { facts }: Location,
  { owned }: ServerSettings,
  intents: readonly Intent[],
  books: Books,
): { readonly intents: readonly Intent[]; readonly entries: readonly Entry[] } {
  const { owner } = owned;
  const outer = readsAt(addedHeaders, owner, null);
  const inner = facts === owner ? null : readsAt(addedHeaders, facts, null);
  const own = inner === null ? { intents: [], settled: [] } : addedHeaderEffect(inner.headers);
  const inherit = inner !== null && inner.inherit.state === 'valid' ? inner.inherit : outer.inherit;
  const mode = valueOr(inherit, 'on');
  const hasOwn = own.intents.length > 0 || intents.some(({ kind }) => kind === 'cors');
  const reaches = mode === 'merge' || (mode === 'on' && !hasOwn);
  const server = addedHeaderEffect(outer.headers);
  books.settled.push(...own.settled, ...(reaches ? server.settled : []));
  if (mode === 'on') books.settled.push(...asDefault(inherit));
  if (!reaches) {
    for (const entry of entryOf(outer.headers))
      books.settled.push(...inert([entry], responseHeaderFindings['not-inherited']({ annotation: entry.name }, placeOf(entry))));
    for (const intent of intents.filter(({ kind }) => kind === 'hsts'))
      books.settled.push(...intent.entries.flatMap((entry) => inert([entry], hstsFindings['other-headers']({}, placeOf(entry)))));
  }
  return {
    intents: [...own.intents, ...(reaches ? server.intents : []), ...intents.filter(({ kind }) => reaches || kind !== 'hsts')],
    entries: mode === 'on' ? [] : entryOf(inherit),
  };
}

function sentHeaders({ facts }: Location, { owned, forwarded }: ServerSettings, isGrpc: boolean, books: Books): readonly Intent[] {
  const chain = facts === owned.owner ? [facts] : [facts, owned.owner];
  const reads = chain.map((each) => readsAt(requestHeaders, each, null).headers);
  // With redirect-to-https the backend is told that the client came over https, whatever the connection.
  const proto: readonly Intent[] =
    forwarded === null
      ? []
      : [
          {
            kind: 'requestHeaders',
            set: [{ name: 'X-Forwarded-Proto', value: 'https' }],
            add: [],
            remove: [],
            // The status is a matter of the redirect alone.
            entries: forwarded.asked,
          },
        ];
  if (isGrpc) {
    for (const entry of reads.flatMap(entryOf))
      books.settled.push(...inert([entry], requestHeaderFindings.grpc({ annotation: entry.name }, placeOf(entry))));
    return proto;
  }
  const { intents, settled } = requestHeaderEffect(reads);
  books.settled.push(...settled);
  return [...intents, ...proto];
}

function affinity({ facts, backend }: Location, books: Books): Intent | null {
  const { list, plus } = readsAt(stickyCookies, facts, null);
  if (list.state === 'absent') return stickyIntent(plus, backend.name);
  for (const entry of entryOf(plus))
    books.settled.push(...inert([entry], stickyFindings['newer-spelling']({ annotation: entry.name }, placeOf(entry))));
  return stickyIntent(list, backend.name);
}
