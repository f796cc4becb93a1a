import { certManagerOf } from './cert-manager.ts';
import type { Group } from './groups.ts';
import type { RunbookInput } from './input.ts';
import { code, listed, type Step, some, word } from './markdown.ts';
import { nameOf, sampleName } from './names.ts';
import { asks, each, pair } from './shell-lines.ts';
import { byPlace, inPlaces, namedOf } from './wave-steps.ts';

export function freeCertificates(groups: readonly Group[], label: string, input: RunbookInput): Step | null {
  const { kubectl } = input.commands;
  const ingresses = new Set(groups.flatMap((group) => group.ingresses));
  const owned = certManagerOf(input)
    .certified.filter(({ ingress }) => ingresses.has(ingress))
    .flatMap(({ ingress, names }) => names.map((name) => ({ ingress, name, namespace: ingress.ref.namespace })));
  if (owned.length === 0) return null;
  const show = pair(inPlaces(owned.map(({ name, namespace }) => ({ kind: 'certificate', namespace, name }))));
  const owners = [...new Set(owned.map(({ ingress }) => code(`Ingress/${ingress.ref.name}`)))];
  return {
    title: `${label}.4 Free ${some(owned.length, 'Certificate', 'Certificates')} from the Ingress`,
    check: show,
    expect: `the owner is ${owners.length > 3 ? 'the Ingress of the table in section 3.2' : listed(owners)}, Ready is True, and no renewal is due. One without owner, or with another, is left alone.`,
    // The API server refuses the patch as a whole where the test fails.
    act: pair(
      owned.map(
        ({ name, namespace }) =>
          `${kubectl} patch certificate ${word(name)} -n ${word(namespace)} --type=json -p '[{"op":"test","path":"/metadata/ownerReferences/0/kind","value":"Ingress"},{"op":"remove","path":"/metadata/ownerReferences"}]'`,
      ),
    ),
    after: show,
    back: ['nothing is to be undone: a Certificate without owner is renewed as before. Put it into Git under the name that it has.'],
  };
}

export function remove(groups: readonly Group[], label: string, step: number, input: RunbookInput): Step {
  const { kubectl } = input.commands;
  const ingresses = groups.flatMap((group) => group.ingresses);
  const names = namedOf(groups).map(sampleName);
  const refs = ingresses.map(({ ref: { namespace, name } }) => ({ kind: 'ingress', namespace, name }));
  const files = ingresses.map(({ ref }) => word(`${ref.namespace}-${ref.name}.ingress.yaml`));
  const isProtected = ingresses.flatMap((ingress) => {
    const { deletionProtection } = input.automationOf(ingress);
    return deletionProtection === null ? [] : [{ ref: ingress.ref, setting: deletionProtection }];
  });
  return {
    title: `${label}.${step} Delete ${ingresses.length > 3 ? `${ingresses.length} Ingresses` : listed(ingresses.map(nameOf))}`,
    check: pair([
      ...each('leads', names, 'the new address alone'),
      ...inPlaces(refs).map((place) => place.replace(/^ingress/, 'keep')),
      ...inPlaces(refs).map((place) => place.replace(/^ingress/, 'owned')),
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
      ...byPlace(refs).map((objects) => `${kubectl} delete ${objects} --cascade=orphan`),
    ]),
    after: pair([...each('leads', names), 'OLD=   # from here on by name', ...groups.flatMap(asks)]),
    back: [
      `\`${kubectl} apply -f ${files.join(' -f ')}\` brings ${files.length === 1 ? 'it' : 'them'} back at the old controller, as long as that runs${input.tables.some(({ vendor }) => vendor === 'nginx') ? ', as the youngest of those with the same path' : ''}; then the records as in ${label}.3.`,
    ],
  };
}
