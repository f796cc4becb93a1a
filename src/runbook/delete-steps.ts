import type { Group } from './groups.ts';
import type { RunbookInput } from './input.ts';
import { code, listed, type Step, some, word } from './markdown.ts';
import { nameOf, sampleName } from './names.ts';
import { curls, pair } from './shell-lines.ts';

export function freeCertificates(group: Group, label: string, { automationOf, commands: { kubectl } }: RunbookInput): Step | null {
  const owned = group.ingresses.flatMap((ingress) =>
    (automationOf(ingress).certificates?.names ?? []).map((name) => ({ ingress, name, namespace: ingress.ref.namespace })),
  );
  if (owned.length === 0) return null;
  const show = (detail: string) =>
    owned.map(({ name, namespace }) => `${kubectl} get certificate ${word(name)} -n ${word(namespace)} -o jsonpath='${detail}{"\\n"}'`);
  return {
    title: `${label}.4 Free ${some(owned.length, 'Certificate', 'Certificates')} from the Ingress`,
    check: pair(
      show(
        '{.metadata.ownerReferences[0].kind}/{.metadata.ownerReferences[0].name} {.status.conditions[?(@.type=="Ready")].status} {.status.renewalTime}',
      ),
    ),
    expect: `the owner is ${listed([...new Set(owned.map(({ ingress }) => code(`Ingress/${ingress.ref.name}`)))])}, Ready is True, and no renewal is due. One without owner, or with another, is left alone.`,
    // The API server refuses the patch as a whole where the test fails.
    act: pair(
      owned.map(
        ({ name, namespace }) =>
          `${kubectl} patch certificate ${word(name)} -n ${word(namespace)} --type=json -p '[{"op":"test","path":"/metadata/ownerReferences/0/kind","value":"Ingress"},{"op":"remove","path":"/metadata/ownerReferences"}]'`,
      ),
    ),
    after: pair(show('{.metadata.ownerReferences} {.status.conditions[?(@.type=="Ready")].status}')),
    back: [
      'nothing is to be undone: a Certificate without owner is renewed as before, and cert-manager leaves it to nobody. Put it into Git.',
    ],
  };
}

export function remove(group: Group, label: string, named: readonly string[], input: RunbookInput): Step {
  const { kubectl } = input.commands;
  const step = group.ingresses.some((ingress) => input.automationOf(ingress).certificates !== null) ? 5 : 4;
  const files = group.ingresses.map(({ ref }) => ({ ref, file: `${ref.namespace}-${ref.name}.ingress.yaml` }));
  return {
    title: `${label}.${step} Delete ${listed(group.ingresses.map(nameOf))}`,
    check: [
      ...pair(named.map((host) => `dig +short ${word(sampleName(host))}   # the new address alone`)),
      ...files.map(
        ({ ref, file }) =>
          `${kubectl} get ingress ${word(ref.name)} -n ${word(ref.namespace)} -o yaml > ${word(file)} && test -s ${word(file)}`,
      ),
      ...files.flatMap(({ ref }) =>
        ['secrets', 'certificates'].map(
          (kind) =>
            `${kubectl} get ${kind} -n ${word(ref.namespace)} -o jsonpath='{range .items[?(@.metadata.ownerReferences[0].name=="${ref.name}")]}{.kind}/{.metadata.name}{"\\n"}{end}'${kind === 'certificates' ? '   # an error where there is no cert-manager' : ''}`,
        ),
      ),
    ],
    expect:
      'every name has led to the new address for a week (or as long as your slowest client caches), the old load balancer sees no more requests for it, the copies are written, and the last commands print nothing: what they print belongs to the Ingress, and whoever deletes it in another way deletes that as well.',
    act: pair(files.map(({ ref }) => `${kubectl} delete ingress ${word(ref.name)} -n ${word(ref.namespace)} --cascade=orphan`)),
    after: [
      ...pair(named.map((host) => `dig +short ${word(sampleName(host))}`)),
      ...curls(group).map((line) => line.replace('"$OLD" "$NEW"', '"$NEW"')),
    ],
    back: [
      `\`${kubectl} apply -f ${files.map(({ file }) => word(file)).join(' -f ')}\` brings ${files.length === 1 ? 'it' : 'them'} back at the old controller, as long as that runs; then the records as in ${label}.3. Where Git is applied by Argo CD or Flux, delete the manifest there: pruning deletes dependents as well, so the Certificates have to be free by then.`,
    ],
  };
}
