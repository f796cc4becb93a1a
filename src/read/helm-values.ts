import { type Located, type LocatedMap, type Member, mapAt, scalarAt } from './located.ts';
import { kindOf } from './objects.ts';

/** Members of the ingress-nginx chart's values that configure the controller; the rest of such a file is not read. */
const OF_CONTROLLER: ReadonlySet<string> = new Set(['config', 'extraArgs']);
const OF_CHART: ReadonlySet<string> = new Set(['tcp', 'udp']);

/** Cheap enough for every document: such a file has no kind. */
export function mayBeHelmValues(text: string): boolean {
  return /^\s*(?:ingress-nginx|controller):/m.test(text) && /^\s*(?:config|extraArgs):/m.test(text);
}

/**
 * The values file of the ingress-nginx Helm chart, or of a chart that has it as a dependency, as an object `HelmValues` with what
 * configures the controller under `spec`; null for anything else.
 */
export function helmValues(node: Located, file: string): readonly LocatedMap[] | null {
  if (node.kind !== 'map' || kindOf(node) !== '' || node.members.has('apiVersion')) return null;
  const dependency = node.members.get('ingress-nginx')?.node;
  const chart = dependency?.kind === 'map' ? dependency : node;
  const controller = chart.members.get('controller');
  if (controller?.node.kind !== 'map') return null;
  const settings = kept(controller.node, OF_CONTROLLER);
  if (settings.members.size === 0) return null;
  const spec = mapAt(new Map([...kept(chart, OF_CHART).members, ['controller', { ...controller, node: settings }]]), chart.at, chart.end);
  const word = (text: string): Member => ({ keyAt: node.at, node: scalarAt(text, text, node.at, node.at) });
  const metadata = { keyAt: node.at, node: mapAt(new Map([['name', word(nameOf(file))]]), node.at, node.at) };
  const members = new Map<string, Member>([
    ['apiVersion', word('helm.values/v1')],
    ['kind', word('HelmValues')],
    ['metadata', metadata],
    ['spec', { keyAt: node.at, node: spec }],
  ]);
  return [mapAt(members, node.at, node.end)];
}

function kept(map: LocatedMap, names: ReadonlySet<string>): LocatedMap {
  return mapAt(new Map([...map.members].filter(([name]) => names.has(name))), map.at, map.end);
}

/** An object has to have a name: that of the file. */
function nameOf(file: string): string {
  const name = file
    .toLowerCase()
    .replace(/^.*\//, '')
    .replace(/[^a-z0-9.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return name === '' ? 'values' : name;
}
