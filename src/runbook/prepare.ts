import { GATEWAY_API_GROUP } from '../gateway/fields.ts';
import { compareText } from '../model/position.ts';
import { apiGroup } from '../model/source.ts';
import type { RunbookInput } from './input.ts';
import { block, code, inContext, listed, stepText, word } from './markdown.ts';
import { allGateways } from './names.ts';

/** What has to be in the cluster before anything of the output is. */
export function installSection(input: RunbookInput): readonly string[] {
  const { target } = input;
  const { before } = outsideSteps(input);
  return [
    '## 1. Install',
    ...gatewayApi(input),
    `### 1.2 ${target.controllerName === null && target.install === null ? 'An implementation' : target.title}`,
    ...implementation(input),
    ...(before.length === 0
      ? []
      : [
          '### 1.3 What no manifest makes',
          'Before the output is applied. Each command makes something new, and changes nothing that serves today.',
          ...before,
        ]),
  ];
}

function gatewayApi(input: RunbookInput): readonly string[] {
  const { release, target, live } = input;
  const heading = `1.1 Gateway API ${release.version}, ${release.channel} channel`;
  const core = (live?.crds ?? []).find(({ group, kind }) => group === GATEWAY_API_GROUP && kind === 'HTTPRoute');
  if (core === undefined) return target.install?.bringsGatewayApi === true ? providerStep(heading, input) : installStep(heading, input);
  const isWanted = core.bundleVersion.startsWith(`v${release.version}.`) && core.channel === release.channel;
  const missing = missingKinds(input).filter(({ group }) => group === GATEWAY_API_GROUP);
  const found = `The cluster has ${code(core.bundleVersion || 'a release without a name')} (${core.channel || 'no channel'})`;
  if (isWanted && missing.length === 0) return [`### ${heading}`, `${found}, for which the output is written: nothing is to be done.`];
  return [
    ...installStep(heading, input),
    `${found}${missing.length === 0 ? '' : `, without ${listed(missing.map(({ kind }) => code(kind)))}, which the output has`}.`,
  ];
}

function installStep(title: string, { release, commands: { kubectl } }: RunbookInput): readonly string[] {
  const version = `v${release.version}`;
  const file = release.channel === 'experimental' ? 'experimental-install.yaml' : 'standard-install.yaml';
  return stepText({
    title,
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
  });
}

/** CRDs that the provider keeps would be put back, or fight with those that were applied. */
function providerStep(title: string, { commands: { kubectl } }: RunbookInput): readonly string[] {
  return stepText({
    title,
    check: [
      "gcloud container clusters describe CLUSTER --location=LOCATION --format='value(currentMasterVersion,networkConfig.gatewayApiConfig.channel)'",
      `${kubectl} get crd gateways.gateway.networking.k8s.io -o jsonpath='{.metadata.annotations}' --ignore-not-found`,
    ],
    expect:
      'the version is one that the output is written for, and the channel is not yet `CHANNEL_STANDARD`: then this step is done. CRDs of Gateway API that somebody applied by hand are in its way: GKE keeps its own.',
    act: ['gcloud container clusters update CLUSTER --location=LOCATION --gateway-api=standard'],
    after: [
      `${kubectl} wait --for=condition=Established crd/gateways.gateway.networking.k8s.io crd/httproutes.gateway.networking.k8s.io --timeout=60s`,
      `${kubectl} get gatewayclass`,
    ],
    back: ['nothing uses it yet: leave it. Switching it off is refused or breaks Gateways once there are any.'],
  });
}

interface MissingKind {
  readonly kind: string;
  readonly group: string;
}

/** Kinds of the output that the cluster has no CRD for. */
function missingKinds({ objects, live }: RunbookInput): readonly MissingKind[] {
  if (live === null || live.crds === null) return [];
  const { crds } = live;
  const found = new Map<string, MissingKind>();
  for (const { object } of objects) {
    const group = apiGroup(object.apiVersion);
    const isBuiltIn = !group.includes('.') || group.endsWith('.k8s.io') ? group !== GATEWAY_API_GROUP : false;
    if (!isBuiltIn && !crds.some((crd) => crd.group === group && crd.kind === object.kind))
      found.set(`${object.kind}.${group}`, { kind: object.kind, group });
  }
  return [...found.values()].sort((a, b) => compareText(a.kind, b.kind));
}

function implementation(input: RunbookInput): readonly string[] {
  const { target, objects, estate, live } = input;
  const { kubectl } = input.commands;
  const missing = missingKinds(input).filter(({ group }) => group !== GATEWAY_API_GROUP);
  const classes = [...new Set(objects.flatMap(({ object }) => classOf(object)))].sort();
  const written = new Set(objects.flatMap(({ object }) => (object.kind === 'GatewayClass' ? [object.metadata.name] : [])));
  const there = new Set(estate.others.flatMap(({ ref }) => (ref.kind === 'GatewayClass' ? [ref.name] : [])));
  const known = live !== null && live.crds !== null;
  const seen = classes.filter((name) => there.has(name));
  return [
    ...(target.install === null
      ? [
          target.controllerName === null
            ? 'The output is for any conformant implementation: choose one, and convert again with its `--target`, which carries more over.'
            : `Install it by its manual; its controller is ${code(target.controllerName)}.`,
        ]
      : [[`By its manual: <${target.install.docs}>.`, ...target.install.notes].join(' ')]),
    ...(target.install === null || target.install.commands.length === 0 || (known && missing.length === 0 && seen.length === classes.length)
      ? []
      : [block(target.install.commands.map((line) => inContext(line, kubectl)))]),
    ...(missing.length === 0
      ? []
      : [
          `The cluster does not have ${listed(missing.map(({ kind, group }) => code(`${kind}.${group}`)))} yet, which the output needs: they come with the implementation.`,
        ]),
    ...(seen.length === 0 ? [] : [`GatewayClass ${listed(seen.map(code))} is in the cluster already.`]),
    ...classes.map((name) =>
      block([
        `${kubectl} get gatewayclass ${word(name)} -o jsonpath='{.spec.controllerName} {.status.conditions[?(@.type=="Accepted")].status}{"\\n"}'   # ends in True${written.has(name) && !there.has(name) ? ', once the output is applied' : ''}`,
      ]),
    ),
    'Its load balancers are new ones beside those of today; both are paid for until the end.',
  ];
}

/** Commands that findings bring (certificates, addresses and policies of a cloud): those before the output is applied, and those after. */
function outsideSteps(input: RunbookInput): {
  readonly before: readonly string[];
  readonly patches: readonly string[];
  readonly looks: readonly string[];
} {
  const { ledger } = input;
  const lists = new Map<string, readonly string[]>();
  for (const steps of [...ledger.entries.map(({ finding }) => finding?.steps), ...ledger.findings.map(({ steps: own }) => own)])
    if (steps !== undefined) lists.set(steps.join('\n'), steps);
  const halves = [...lists.entries()]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, steps]) => {
      const applied = steps.findIndex((line) => line.startsWith('# apply '));
      return applied < 0 ? { before: steps, after: [] } : { before: steps.slice(0, applied), after: steps.slice(applied + 1) };
    });
  // Requests and records are matters of the waves, and so is waiting for every Gateway.
  const afterwards = halves.map(({ after }) => after.filter((line) => !/^(?:curl |# lower the TTL|kubectl wait )/.test(line)));
  const lines = freshLines(afterwards, input).flat();
  const isLook = (line: string) => line.includes('kubectl') && / get /.test(line);
  return {
    before: blocksOf(
      halves.map(({ before }) => before),
      input,
    ),
    patches: lines.filter((line) => !isLook(line)),
    looks: lines.filter(isLook),
  };
}

/** A command that another list had before it is said once, with the comment above it. */
function blocksOf(lists: readonly (readonly string[])[], input: RunbookInput): readonly string[] {
  const blocks = freshLines(lists, input).filter((lines) => lines.some((line) => !line.startsWith('#')));
  return blocks.map(block);
}

function freshLines(lists: readonly (readonly string[])[], { commands: { kubectl } }: RunbookInput): readonly (readonly string[])[] {
  const said = new Set<string>();
  return lists.map((list) => {
    const fresh: string[] = [];
    let comments: string[] = [];
    for (const line of list) {
      if (line.startsWith('#')) {
        comments.push(line);
        continue;
      }
      if (!said.has(line)) fresh.push(...comments, inContext(line, kubectl));
      said.add(line);
      comments = [];
    }
    return fresh;
  });
}

function classOf(object: RunbookInput['objects'][number]['object']): readonly string[] {
  if (object.kind !== 'Gateway' || !('spec' in object) || object.spec === undefined || !('gatewayClassName' in object.spec)) return [];
  const name = object.spec.gatewayClassName;
  return typeof name === 'string' ? [name] : [];
}

/** Old and new serve the same beside each other; nothing leads to the new one yet. */
export function sideBySideSection(input: RunbookInput): readonly string[] {
  const { commands, objects, live } = input;
  const { patches, looks } = outsideSteps(input);
  const { kubectl, out, same, kustomization } = commands;
  const gateways = allGateways(objects);
  const spaces = [...new Set(objects.flatMap(({ object }) => object.metadata.namespace ?? []))].sort();
  const folders = ['infrastructure', 'gateways', 'routes'].filter((role) => objects.some((planned) => planned.role === role));
  const manifests = kustomization ? `-k ${word(out)}` : `-R ${folders.map((folder) => `-f ${word(`${out}/${folder}`)}`).join(' ')}`;
  const [first, ...others] = gateways.map(
    ({ name, namespace }) => `${kubectl} wait --for=condition=Programmed gateway/${word(name)} -n ${word(namespace)} --timeout=10m`,
  );
  return [
    '## 2. Side by side',
    ...stepText({
      title: '2.1 Write and apply',
      check: [
        `gateshift convert ${same} --out-dir ${word(out)}${kustomization ? ' --kustomization' : ''}`,
        `gateshift verify ${same} --requests-out requests.json   # what the waves send to both`,
        `gateshift convert ${same} --diff --against cluster   # what the next command changes`,
        `${kubectl} get namespaces ${spaces.map(word).join(' ')}`,
      ],
      expect:
        'no unannounced difference, nothing changes that somebody else owns, and every namespace is there or written. External-dns that reads routes already may move names now: [section 3.1](#31-external-dns) says when.',
      act: [`${kubectl} apply ${manifests}`, ...patches],
      after: first === undefined ? ['true   # there is no Gateway in the output'] : [first, ...others, ...looks],
      back: [
        `nothing leads there: take the routes away with \`${kubectl} delete ${manifests}\`. A Namespace of the output goes with it: look first whether anything else is in it.`,
      ],
    }),
    ...(live === null
      ? []
      : [
          `**Keep ${code(out)} and \`requests.json\` as they are now** (in Git, for instance). A later run with \`--cluster\` does not know the Ingresses that were deleted by then, and writes nothing for them.`,
        ]),
  ];
}
