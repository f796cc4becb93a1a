import type { ObjectMetadata } from '../intent/metadata.ts';
import type { Finding } from '../ledger/finding.ts';
import type { Settlement, WrittenField } from '../ledger/outcome.ts';
import type { IngressRef } from '../model/entry.ts';
import { compareText } from '../model/position.ts';
import { planFindings } from './findings.ts';

/**
 * Annotations of tools (cert-manager, external-dns) that belong on a Gateway hold for every listener of it. They are
 * written when every Ingress with a certificate there asks for the same; else a person has to decide.
 */
export function gatewayMetadata(
  metadata: readonly ObjectMetadata[],
  asking: readonly IngressRef[],
  gateway: WrittenField,
): { readonly annotations: Readonly<Record<string, string>>; readonly settled: readonly Settlement[] } {
  const names = [...new Set(metadata.map((item) => item.name))].sort(compareText);
  const annotations: Record<string, string> = {};
  const settled: Settlement[] = [];
  for (const name of names) {
    const items = metadata.filter((item) => item.name === name);
    const values = new Set(items.map((item) => item.value));
    const [value] = values;
    const everyone = asking.every((ref) => items.some((item) => item.ingress === ref));
    if (value !== undefined && values.size === 1 && everyone) {
      annotations[name] = value;
      const wrote = [{ ...gateway, field: `metadata.annotations["${name}"]` }];
      settled.push(...items.map((item): Settlement => ({ entry: item.entry, outcome: item.outcome, finding: item.finding, wrote })));
    } else {
      settled.push(
        ...items.map((item): Settlement => ({ entry: item.entry, outcome: 'manual', finding: conflict(item, gateway), wrote: [] })),
      );
    }
  }
  return { annotations, settled };
}

function conflict(item: ObjectMetadata, gateway: WrittenField): Finding {
  return planFindings['metadata-conflict'](
    { name: item.name, gateway: `${gateway.namespace}/${gateway.name}` },
    { at: item.entry.at, ingress: item.ingress },
  );
}
