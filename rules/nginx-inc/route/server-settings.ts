import type { Intent } from '../../../src/intent/intent.ts';
import type { Entry } from '../../../src/model/entry.ts';
import type { Estate } from '../../../src/model/estate.ts';
import type { Certificate, HostTable, HttpsRedirect } from '../../../src/route/table.ts';
import type { Books } from '../../../src/rule/books.ts';
import { entryOf, valueOr } from '../../../src/rule/codec.ts';
import { asDefault } from '../annotation.ts';
import { appRoot } from '../app-root.ts';
import { backendProtocol } from '../backend-protocol.ts';
import type { About, Effective } from '../behaviour.ts';
import { effectives } from '../effects.ts';
import { https, httpsFindings } from '../https.ts';
import { listenPorts } from '../listen-ports.ts';
import { inert, placeOf } from '../settlement.ts';
import { type Facts, readsAt } from './facts.ts';
import type { Location } from './locations.ts';
import type { Owned } from './ownership.ts';
import { grpcEntries } from './protocols.ts';

/** What holds for a whole host: the server block of its owner. */
export interface ServerSettings {
  readonly owned: Owned;
  readonly certificate: Certificate;
  readonly ports: HostTable['ports'];
  readonly httpsRedirect: HttpsRedirect | null;
  /** redirect-to-https, where it is on. `asked`: without the status. */
  readonly forwarded: { readonly status: number; readonly entries: readonly Entry[]; readonly asked: readonly Entry[] } | null;
  readonly appRoot: { readonly path: string; readonly entries: readonly Entry[] } | null;
  /** Of the server block, for every location. */
  readonly intents: readonly Intent[];
  readonly hostIntents: readonly Intent[];
  /** Settings that shaped the host without being in any of the above. */
  readonly entries: readonly Entry[];
}

export function serverSettings(
  owned: Owned,
  locations: readonly Location[],
  certificate: Certificate,
  estate: Estate,
  books: Books,
): ServerSettings {
  const { owner, host } = owned;
  const isTls = certificate.kind !== 'none';
  const { redirect, deprecated, forwarded, code } = readsAt(https, owner, null);
  const listen = readsAt(listenPorts, owner, null);
  const root = readsAt(appRoot, owner, null);
  const isGrpcOnly = onlyGrpc(owned, locations, estate, books);
  const decisive = redirect.state === 'absent' ? deprecated : redirect;
  if (redirect.state !== 'absent') {
    for (const entry of entryOf(deprecated))
      books.settled.push(...inert([entry], httpsFindings['newer-spelling']({ annotation: entry.name }, placeOf(entry))));
  }
  const isRedirected = isTls && !isGrpcOnly && valueOr(decisive, true);
  const isForwarded = valueOr(forwarded, false);
  const status = Number(valueOr(code, '301'));
  const httpsPorts = valueOr(listen.https, [443]);
  if (isRedirected && httpsPorts[0] === 443) books.findings.push(httpsFindings['explicit-port']({}));
  if (!isForwarded) books.settled.push(...asDefault(forwarded));
  else books.findings.push(httpsFindings['forwarded-proto']({}, { at: entryOf(forwarded)[0]?.at ?? null, ingress: owner.ref, host }));
  const effects = runEffects(
    owner.role === 'master' ? ['server', 'either'] : ['server', 'either', 'location'],
    owner,
    null,
    owned,
    estate,
    isTls,
  );
  for (const effect of effects) {
    books.settled.push(...effect.settled);
    books.findings.push(...effect.findings);
  }
  return {
    owned,
    certificate,
    ports: [
      ...(isGrpcOnly && isTls ? [] : valueOr(listen.http, [80]).map((port) => ({ scheme: 'http' as const, port }))),
      ...(isTls ? httpsPorts.map((port) => ({ scheme: 'https' as const, port })) : []),
    ],
    httpsRedirect: isRedirected ? { status, port: httpsPorts[0] ?? 443, entries: [...entryOf(decisive), ...entryOf(code)] } : null,
    forwarded: isForwarded ? { status, entries: [...entryOf(forwarded), ...entryOf(code)], asked: entryOf(forwarded) } : null,
    appRoot: root.path.state === 'valid' ? { path: root.path.value, entries: [root.path.entry] } : null,
    intents: effects.flatMap(({ intents }) => intents),
    hostIntents: isTls ? effects.flatMap(({ hostIntents }) => hostIntents) : [],
    entries: [
      ...(owner.role === 'master' ? [...owner.roleEntries, ...owner.ingress.rules.flatMap((rule) => rule.entries)] : []),
      ...entryOf(listen.http),
      ...(isTls ? entryOf(listen.https) : []),
      ...(isTls && !isRedirected && !isGrpcOnly ? entryOf(decisive) : []),
    ],
  };
}

export function runEffects(
  placed: readonly Effective['placed'][],
  facts: Facts,
  master: Facts | null,
  { owner }: Owned,
  estate: Estate,
  isTls: boolean,
) {
  const about: About = { ingress: facts.ingress, owner: owner.ingress, estate, role: facts.role, isTls };
  return effectives
    .filter((effective) => placed.includes(effective.placed))
    .map((effective) => effective.effectAt((behaviour) => readsAt(behaviour, facts, master), about));
}

/** Then nginx listens with TLS alone. */
function onlyGrpc({ owner, minions }: Owned, locations: readonly Location[], estate: Estate, books: Books): boolean {
  for (const facts of [owner, ...minions]) {
    const { grpc } = readsAt(backendProtocol, facts, null);
    grpcEntries(grpc, null, estate, books);
  }
  return (
    locations.length > 0 &&
    locations.every(({ facts, backend }) => {
      const { grpc } = readsAt(backendProtocol, facts, null);
      return grpcEntries(grpc, backend.name, estate, books).length > 0;
    })
  );
}
