import { pairsOf, statusLines } from './addresses.ts';
import { type Dns, dnsOf, prefixesOf } from './external-dns.ts';
import type { Group } from './groups.ts';
import type { RunbookInput } from './input.ts';
import { block, code, listed, type Step, some, word } from './markdown.ts';
import { type RouteName, routesOf, sampleName } from './names.ts';
import { asks, each, pair } from './shell-lines.ts';

/** The names of these groups that have records. */
export function namedOf(groups: readonly Group[]): readonly string[] {
  return groups.flatMap(({ hosts }) => hosts.filter((host) => host !== ''));
}

export function test(groups: readonly Group[], label: string, input: RunbookInput): readonly string[] {
  const guarded = groups.filter(({ risk }) => risk.reasons.some((reason) => reason.startsWith('protected')));
  const statuses = statusLines(groups);
  return [
    `#### ${label}.1 Test at the new address`,
    `- [ ] Neither address is empty${statuses.length === 0 ? '' : ' (and the old one is still that of the status)'}, every route says \`True True\`, both lines of each \`ask\` say the same, and \`same\` finds nothing that was not expected:`,
    block([
      ...statuses,
      ...pairsOf(groups, input).flatMap(({ lines, groups: members }) => [
        ...lines,
        ...inPlaces(routesIn(members, input)).map((place) => `taken ${place}`),
        ...members.flatMap(asks),
        ...probes(members),
      ]),
    ]),
    ...(guarded.length === 0
      ? []
      : [
          `- [ ] Who is refused today at ${listed(guarded.flatMap(({ hosts }) => hosts.map((host) => code(host || 'any other host'))))} is refused at the new address as well: without a password, from an address that is not on the list, without a client certificate.`,
        ]),
  ];
}

function probes(groups: readonly Group[]): readonly string[] {
  return [['same', ...namedOf(groups).map(word)].join(' ')];
}

export function lowerTtl(groups: readonly Group[], label: string, input: RunbookInput): Step {
  const names = namedOf(groups).map(sampleName);
  const dns = dnsOf(input);
  return {
    title: `${label}.2 Shorten the time to live, a day before`,
    check: pair(each('ttl', names)),
    expect:
      'it is above 60 seconds, and no alias of Route 53 (whose time to live is fixed). Write it down: so long, after this step, old answers are still around.',
    act: pair(
      dns.kind === 'absent'
        ? ['# at your DNS provider: 60 seconds for each of these names']
        : [
            // A record that moves takes its time to live from the route.
            '# where external-dns owns the record; else at your DNS provider, 60 seconds for each of these names',
            ...annotated(groups, 'ttl=60', dns, input),
            ...annotatedRoutes(groups, 'ttl=60', dns, input),
          ],
    ),
    after: pair(each('ttl', names)),
    back: ['what was written down, in the same place. Do that at the end of the wave in any case.'],
  };
}

const LATER = '   # later 75 25, 50 50 and 0 100, while 4xx and 5xx of both sides stay as they are';

/** Annotates the Ingresses: one command for those of a namespace. */
function annotated(groups: readonly Group[], setting: string, dns: Dns, { commands: { kubectl } }: RunbookInput): readonly string[] {
  return byPlace(ingressesIn(groups)).map((objects) => `${kubectl} annotate ${objects} --overwrite ${settings(setting, dns)}`);
}

function annotatedRoutes(groups: readonly Group[], setting: string, dns: Dns, input: RunbookInput): readonly string[] {
  const { kubectl } = input.commands;
  return byPlace(routesIn(groups, input)).map((objects) => `${kubectl} annotate ${objects} --overwrite ${settings(setting, dns)}`);
}

function ingressesIn(groups: readonly Group[]): readonly RouteName[] {
  return groups.flatMap(({ ingresses }) => ingresses.map(({ ref: { namespace, name } }) => ({ kind: 'ingress', namespace, name })));
}

/** `ingress web api -n shop`: what one command can name. */
export function byPlace(objects: readonly RouteName[]): readonly string[] {
  return placesOf(objects).map(({ kind, namespace, names }) => `${kind} ${names.map(word).join(' ')} -n ${word(namespace)}`);
}

/** `ingress shop web api`, as the functions of the runbook take it. */
export function inPlaces(objects: readonly RouteName[]): readonly string[] {
  return placesOf(objects).map(({ kind, namespace, names }) => `${kind} ${word(namespace)} ${names.map(word).join(' ')}`);
}

interface ObjectsOfPlace {
  readonly kind: string;
  readonly namespace: string;
  readonly names: readonly string[];
}

function placesOf(objects: readonly RouteName[]): readonly ObjectsOfPlace[] {
  const places = new Map<string, { kind: string; namespace: string; names: string[] }>();
  for (const { kind, namespace, name } of objects) {
    const key = `${kind}/${namespace}`;
    const place = places.get(key) ?? { kind, namespace, names: [] };
    if (!place.names.includes(name)) place.names.push(name);
    places.set(key, place);
  }
  return [...places.values()];
}

/** A release of external-dns reads one prefix; which one is not always known. */
function settings(setting: string, dns: Dns): string {
  return prefixesOf(dns)
    .map((prefix) => word(`${prefix}${setting}`))
    .join(' ');
}

function routesIn(groups: readonly Group[], input: RunbookInput): readonly RouteName[] {
  return groups.flatMap((group) => routesOf(group, input));
}

export function move(groups: readonly Group[], label: string, input: RunbookInput): Step {
  const named = namedOf(groups);
  const names = named.map(sampleName);
  const dns = dnsOf(input);
  const pairs = pairsOf(groups, input);
  const byHand = pairs.flatMap(({ lines, groups: members }) => [
    ...(pairs.length === 1 ? [] : lines),
    ...namedOf(members).map((name, index) => `weigh ${word(name)} 95 5${index === 0 ? LATER : ''}`),
    ...probes(members),
  ]);
  const publishes = dns.kind !== 'absent';
  return {
    title: `${label}.3 Move ${some(named.length, 'record', 'records')}`,
    check: pair([
      ...pairs.flatMap(({ lines, groups: members }) => [...lines, ...probes(members)]),
      ...(publishes
        ? [...each('owner', named), ...sourceLines(dns, input), ...inPlaces(routesIn(groups, input)).map((place) => `told ${place}`)]
        : []),
    ]),
    expect: publishes
      ? 'the old time to live has passed since it was shortened, and `same` finds nothing that was not expected. A name with an `owner` is moved by external-dns, and only where that has `gateway-httproute` among its sources, no `told` says anything, and the route was taken in the first step: otherwise it deletes the record instead of moving it. Names without owner are moved by hand.'
      : 'the old time to live has passed since it was shortened, and `same` finds nothing that was not expected.',
    act: [
      {
        title: publishes ? 'for names without owner, by hand' : 'a step at a time, each for twice the time to live',
        commands: byHand,
      },
      // Without the Ingress the record is left to the routes.
      ...(publishes
        ? [{ title: 'for names that external-dns owns, at once', commands: annotated(groups, 'controller=none', dns, input) }]
        : []),
    ],
    after: pair([
      ...each('leads', names, 'the new address'),
      ...(publishes ? each('owner', named, 'external-dns: resource=httproute/…') : []),
    ]),
    back: [`the old load balancer still serves all of it${rollbackTarget(groups)}. Wait one time to live.`],
    undo: [
      {
        title: publishes ? 'for names without owner' : 'by hand',
        commands: [
          ...pairs.flatMap(({ lines, groups: members }) => [
            ...(pairs.length === 1 ? [] : lines),
            ...namedOf(members).map((name) => `weigh ${word(name)} 100 0`),
          ]),
          ...each('leads', names, 'the old address'),
        ],
      },
      ...(publishes
        ? [
            {
              title: 'for names that external-dns owns, by the routes now, which have to let go before the Ingress takes them back',
              commands: [
                ...annotatedRoutes(groups, 'controller=none', dns, input),
                ...unset(ingressesIn(groups), dns, input),
                ...each('leads', names, 'wait until it is the old address; then, for the next attempt:'),
                ...unset(routesIn(groups, input), dns, input),
              ],
            },
          ]
        : []),
    ],
  };
}

function unset(objects: readonly RouteName[], dns: Dns, { commands: { kubectl } }: RunbookInput): readonly string[] {
  const settled = prefixesOf(dns).map((prefix) => word(`${prefix}controller-`));
  return byPlace(objects).map((place) => `${kubectl} annotate ${place} ${settled.join(' ')}`);
}

/** Where the names go back to. */
function rollbackTarget(groups: readonly Group[]): string {
  const known = [...new Set(groups.flatMap(({ ingresses }) => ingresses.flatMap(({ addresses }) => addresses)))].sort();
  return known.length === 0 ? '' : ` at ${listed(known.map(code))}`;
}

/** Whether external-dns reads routes by now. */
function sourceLines(dns: Dns, { commands: { kubectl } }: RunbookInput): readonly string[] {
  const args = 'jsonpath=\'{range .items[*]}{.metadata.namespace}/{.metadata.name} {.spec.template.spec.containers[*].args}{"\\n"}{end}\'';
  return dns.kind === 'seen'
    ? dns.instances.map(
        ({ program: { name, namespace } }) =>
          `${kubectl} get deployment ${word(name)} -n ${word(namespace)} -o jsonpath='{.spec.template.spec.containers[*].args}' | grep -o -- '--source=[a-z-]*' | tr '\\n' ' '; echo`,
      )
    : [`${kubectl} get deployments -A -o ${args} | grep -- --source=   # external-dns`];
}
