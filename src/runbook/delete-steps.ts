import { certManagerOf } from './cert-manager.ts';
import type { Group } from './groups.ts';
import type { RunbookInput } from './input.ts';
import { code, listed, type Step, some, word } from './markdown.ts';
import { nameOf, sampleName } from './names.ts';
import { asks, each, pair } from './shell-lines.ts';
import { namedOf } from './wave-steps.ts';

export function freeCertificates(groups: readonly Group[], label: string, input: RunbookInput): Step | null {
  const { kubectl } = input.commands;
  const ingresses = new Set(groups.flatMap((group) => group.ingresses));
  const owned = certManagerOf(input)
    .certified.filter(({ ingress }) => ingresses.has(ingress))
    .flatMap(({ ingress, names }) => names.map((name) => ({ ingress, name, namespace: ingress.ref.namespace })));
  if (owned.length === 0) return null;
  const show = (detail: string) =>
    owned.map(({ name, namespace }) => `${kubectl} get certificate ${word(name)} -n ${word(namespace)} -o jsonpath='${detail}{"\\n"}'`);
  return {
    title: `${label}.4 Free ${some(owned.length, 'Certificate', 'Certificates')} from the Ingress`,
    check: pair(
      show(
        '{.metadata.name}{" "}{.metadata.ownerReferences[0].kind}/{.metadata.ownerReferences[0].name} Ready={.status.conditions[?(@.type=="Ready")].status} {.status.renewalTime}',
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
    after: pair(show('{.metadata.name}{" "}{.metadata.ownerReferences} Ready={.status.conditions[?(@.type=="Ready")].status}')),
    back: ['nothing is to be undone: a Certificate without owner is renewed as before. Put it into Git under the name that it has.'],
  };
}

export function remove(groups: readonly Group[], label: string, step: number, input: RunbookInput): Step {
  const { kubectl } = input.commands;
  const ingresses = groups.flatMap((group) => group.ingresses);
  const names = namedOf(groups).map(sampleName);
  const files = ingresses.map(({ ref }) => word(`${ref.namespace}-${ref.name}.ingress.yaml`));
  const isProtected = ingresses.flatMap((ingress) => {
    const { deletionProtection } = input.automationOf(ingress);
    return deletionProtection === null ? [] : [{ ref: ingress.ref, setting: deletionProtection }];
  });
  return {
    title: `${label}.${step} Delete ${ingresses.length > 3 ? `${ingresses.length} Ingresses` : listed(ingresses.map(nameOf))}`,
    check: pair([
      ...each('leads', names, 'the new address alone'),
      ...ingresses.map(({ ref }) => `keep ${word(ref.name)} ${word(ref.namespace)}`),
      ...ingresses.map(({ ref }) => `owned ${word(ref.name)} ${word(ref.namespace)}`),
    ]),
    expect: `${names.length === 0 ? 'nothing points to the old address any more' : 'every name has led to the new address for a week (or as long as your slowest client caches), the old load balancer sees no more requests for it'}, \`keep\` names the copies, and \`owned\` prints nothing: what it prints is deleted with the Ingress by whoever deletes that in another way.${
      isProtected.length === 0
        ? ''
        : ' Deletion protection is on: the controller would refuse to delete, and change nothing of the whole group until it is off.'
    }`,
    act: pair([
      ...isProtected.map(
        ({ ref, setting }) =>
          `${kubectl} annotate ingress ${word(ref.name)} -n ${word(ref.namespace)} --overwrite ${word(setting.without === null ? `${setting.name}-` : `${setting.name}=${setting.without}`)}`,
      ),
      ...ingresses.map(({ ref }) => `${kubectl} delete ingress ${word(ref.name)} -n ${word(ref.namespace)} --cascade=orphan`),
    ]),
    after: pair([...each('leads', names), 'OLD=   # from here on by name', ...groups.flatMap(asks)]),
    back: [
      `\`${kubectl} apply -f ${files.join(' -f ')}\` brings ${files.length === 1 ? 'it' : 'them'} back at the old controller, as long as that runs${input.tables.some(({ vendor }) => vendor === 'nginx') ? ', as the youngest of those with the same path' : ''}; then the records as in ${label}.3.`,
    ],
  };
}
