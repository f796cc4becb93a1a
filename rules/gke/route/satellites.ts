import type { Finding } from '../../../src/ledger/finding.ts';
import { defineFindings } from '../../../src/ledger/finding.ts';
import type { Settlement } from '../../../src/ledger/outcome.ts';
import type { Entry } from '../../../src/model/entry.ts';
import type { Estate } from '../../../src/model/estate.ts';
import type { IngressView } from '../../../src/rule/pack.ts';
import { fieldsOf } from '../object-fields.ts';
import { inert } from '../settlement.ts';

const find = defineFindings('gke/satellite', {
  unused: {
    level: 'note',
    message: (a: { kind: string; name: string }) => `nothing that is served uses ${a.kind} ${a.name}, or this part of it`,
  },
});

const KINDS: ReadonlySet<string> = new Set(['BackendConfig', 'FrontendConfig', 'ManagedCertificate']);

/** Settings beside the Ingresses: annotations of the Services they route to, and all fields of GKE's own objects. */
export function satellitesOf(views: readonly IngressView[], estate: Estate, owned: ReadonlySet<string>): readonly Entry[] {
  if (views.length === 0) return [];
  const services = new Set(
    views.flatMap(({ ingress }) =>
      [ingress.defaultBackend, ...ingress.rules.flatMap((rule) => (rule.paths ?? []).map((path) => path.backend))].flatMap((backend) =>
        backend?.kind === 'service' ? (estate.serviceByName.get(`${ingress.ref.namespace}/${backend.name}`) ?? []) : [],
      ),
    ),
  );
  return [
    ...[...services].flatMap(({ annotations }) => annotations.filter(({ name, malformed }) => owned.has(name) && malformed !== true)),
    ...estate.others.filter(({ ref }) => KINDS.has(ref.kind)).flatMap(fieldsOf),
  ];
}

/** Those of which nothing else is said. */
export function unusedSatellites(satellites: readonly Entry[], done: ReadonlySet<Entry>): readonly Settlement[] {
  return satellites.filter((entry) => !done.has(entry)).flatMap((entry) => inert([entry], unused(entry)));
}

function unused(entry: Entry): Finding {
  const { kind, namespace, name } = entry.object;
  return find.unused({ kind, name: `${namespace}/${name}` }, { at: entry.at });
}
