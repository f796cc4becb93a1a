import type { RunbookInput } from './input.ts';
import { block, code, listed, stepText, word } from './markdown.ts';
import { allGateways } from './names.ts';

/** What has to be in the cluster before anything of the output is. */
export function installSection(input: RunbookInput): readonly string[] {
  const { release, target, commands } = input;
  const { kubectl } = commands;
  const version = `v${release.version}`;
  const file = release.channel === 'experimental' ? 'experimental-install.yaml' : 'standard-install.yaml';
  const classes = [...new Set(input.objects.flatMap(({ object }) => classOf(object)))];
  return [
    '## 1. Install',
    ...stepText({
      title: `1.1 Gateway API ${release.version}, ${release.channel} channel`,
      check: [
        `${kubectl} get crd gateways.gateway.networking.k8s.io -o jsonpath='{.metadata.annotations}' --ignore-not-found`,
        `${kubectl} get gateways,httproutes -A   # an error where there is no Gateway API`,
      ],
      expect: `either nothing is printed, or \`bundle-version\` is of ${version} and \`channel\` is ${release.channel}: then this step is done. An older release is upgraded with the manual of whatever uses it; a newer one is never replaced by an older, since fields would be dropped.`,
      act: [
        `# the newest ${version}.x of https://github.com/kubernetes-sigs/gateway-api/releases`,
        `${kubectl} apply --server-side -f https://github.com/kubernetes-sigs/gateway-api/releases/download/${version}.0/${file}`,
      ],
      after: [
        `${kubectl} wait --for=condition=Established crd/gateways.gateway.networking.k8s.io crd/httproutes.gateway.networking.k8s.io --timeout=60s`,
      ],
      back: ['nothing reads these CRDs yet. Deleting a CRD deletes every object of its kind in the cluster: leave them.'],
    }),
    `### 1.2 ${target.controllerName === null && target.install === null ? 'An implementation' : target.title}`,
    ...implementation(input),
    ...classes.flatMap((name) => [
      block([
        `${kubectl} get gatewayclass ${word(name)} -o jsonpath='{.spec.controllerName} {.status.conditions[?(@.type=="Accepted")].status}'   # ends in True`,
      ]),
    ]),
    'Its load balancers are new ones beside those of today; both are paid for until the end.',
  ];
}

function implementation({ target }: RunbookInput): readonly string[] {
  if (target.install === null)
    return [
      target.controllerName === null
        ? 'The output is for any conformant implementation: choose one, and convert again with its `--target`, which carries more over.'
        : `Install it by its manual; its controller is ${code(target.controllerName)}.`,
    ];
  return [[`By its manual: <${target.install.docs}>.`, ...target.install.notes].join(' ')];
}

function classOf(object: RunbookInput['objects'][number]['object']): readonly string[] {
  if (object.kind !== 'Gateway' || !('spec' in object) || object.spec === undefined || !('gatewayClassName' in object.spec)) return [];
  const name = object.spec.gatewayClassName;
  return typeof name === 'string' ? [name] : [];
}

/** Old and new serve the same beside each other; nothing leads to the new one yet. */
export function sideBySideSection(input: RunbookInput): readonly string[] {
  const { commands, objects } = input;
  const { kubectl, out, same, kustomization } = commands;
  const gateways = allGateways(objects);
  const spaces = [...new Set(objects.flatMap(({ object }) => object.metadata.namespace ?? []))].sort();
  const folders = ['infrastructure', 'gateways', 'routes'].filter((role) => objects.some((planned) => planned.role === role));
  const manifests = kustomization ? `-k ${word(out)}` : `-R ${folders.map((folder) => `-f ${word(`${out}/${folder}`)}`).join(' ')}`;
  const wait = gateways.map(
    ({ name, namespace }) => `${kubectl} wait --for=condition=Programmed gateway/${word(name)} -n ${word(namespace)} --timeout=10m`,
  );
  return [
    '## 2. Side by side',
    ...stepText({
      title: '2.1 Write and apply',
      check: [
        `gateshift convert ${same} --out-dir ${word(out)}${kustomization ? ' --kustomization' : ''}`,
        `gateshift verify ${same}   # no difference that nothing announced`,
        `gateshift convert ${same} --diff --against cluster   # what the next command changes`,
        `${kubectl} get namespaces ${spaces.map(word).join(' ')}`,
        `${kubectl} get deployments -A -o jsonpath='{range .items[*]}{.metadata.namespace}/{.metadata.name} {.spec.template.spec.containers[*].args}{"\\n"}{end}' | grep -- --source=   # external-dns`,
      ],
      expect:
        'no unannounced difference, nothing changes that somebody else owns, every namespace is there or written, and external-dns has no `gateway-httproute` source yet, or both addresses will be of one kind ([section 3.1](#31-external-dns) says why).',
      act: [`${kubectl} apply ${manifests}`],
      after: wait.length === 0 ? ['true   # there is no Gateway in the output'] : [wait[0] ?? '', ...wait.slice(1)],
      back: [
        `nothing leads there: take the routes away with \`${kubectl} delete ${manifests}\`. A Namespace of the output goes with it: look first whether anything else is in it.`,
      ],
    }),
    '### 2.2 Ask both the same',
    'The requests that tell rules apart are sent to both addresses, and the answers compared. Only GET, HEAD and OPTIONS are sent unless `--method` allows more.',
    block([
      `gateshift verify ${same} --requests-out requests.json`,
      ...gateways
        .slice(0, 8)
        .map(
          ({ name, namespace }) =>
            `gateshift probe --requests requests.json --before "https://$OLD" --after "https://$(${kubectl} get gateway ${word(name)} -n ${word(namespace)} -o jsonpath='{.status.addresses[0].value}')"`,
        ),
    ]),
    `\`OLD\` is the address of today; each wave below says how to read it. ${gateways.length > 8 ? `The same for the other ${gateways.length - 8} Gateways. ` : ''}${gateways.length === 0 ? '' : `Gateways: ${listed(gateways.slice(0, 8).map(({ namespace, name }) => code(`${namespace}/${name}`)))}.`}`,
  ];
}
