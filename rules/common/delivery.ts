import { defineFindings } from '../../src/ledger/finding.ts';
import type { ToolRule } from '../../src/rule/pack.ts';
import { copyTo, nowhere, placeOf } from './outputs.ts';

const find = defineFindings('tool/delivery', {
  bookkeeping: {
    level: 'note',
    message: (a: { name: string; tool: string }) =>
      `${a.name} is what ${a.tool} keeps about the Ingress object itself; it sets its own on new objects`,
  },
  'local-config': {
    level: 'warning',
    message: (a: { name: string }) => `${a.name} marks an object that kustomize and kpt do not apply; it was converted all the same`,
    help: () => 'Leave the file out if the Ingress is not in the cluster.',
  },
});

/** What says how an object is applied holds for the routes as it did for the Ingress; what was noted about it does not. */
function delivery(tool: string, docs: string, annotations: readonly string[], notes: readonly string[]): ToolRule {
  return {
    id: `tool/${tool.toLowerCase().replaceAll(' ', '-')}`,
    title: `${tool}: how objects are applied`,
    docs,
    annotations: [...annotations, ...notes],
    convert(entry, ingress) {
      const noted = notes.some((name) => (name.endsWith('/') ? entry.name.startsWith(name) : entry.name === name));
      return noted ? nowhere('inert', find.bookkeeping({ name: entry.name, tool }, placeOf(entry))) : copyTo('route', entry, ingress);
    },
  };
}

const localConfig: ToolRule = {
  id: 'tool/local-config',
  title: 'Objects that are not applied',
  docs: 'https://kpt.dev/reference/annotations/local-config/',
  annotations: ['config.kubernetes.io/local-config'],
  convert(entry) {
    if (entry.value === 'false') return nowhere('inert', find.bookkeeping({ name: entry.name, tool: 'kustomize' }, placeOf(entry)));
    return nowhere('manual', find['local-config']({ name: entry.name }, placeOf(entry)));
  },
};

export const deliveryRules: readonly ToolRule[] = [
  localConfig,
  delivery(
    'Argo CD',
    'https://argo-cd.readthedocs.io/en/stable/user-guide/annotations-and-labels/',
    ['argocd.argoproj.io/', 'link.argocd.argoproj.io/'],
    // The tracking id names the object it stands on, so a copy would make Argo CD take the route for the Ingress.
    ['argocd.argoproj.io/tracking-id', 'argocd.argoproj.io/installation-id', 'argocd.argoproj.io/refresh'],
  ),
  delivery('Helm', 'https://helm.sh/docs/topics/charts_hooks/', ['helm.sh/'], ['meta.helm.sh/', 'helm.sh/chart']),
  delivery(
    'Flux',
    'https://fluxcd.io/flux/components/kustomize/kustomizations/',
    ['kustomize.toolkit.fluxcd.io/', 'helm.toolkit.fluxcd.io/'],
    [
      'kustomize.toolkit.fluxcd.io/checksum',
      'kustomize.toolkit.fluxcd.io/name',
      'kustomize.toolkit.fluxcd.io/namespace',
      'reconcile.fluxcd.io/',
      'fluxcd.io/',
      'flux.weave.works/',
    ],
  ),
  delivery(
    'kapp',
    'https://carvel.dev/kapp/docs/latest/apply-ordering/',
    ['kapp.k14s.io/'],
    ['kapp.k14s.io/identity', 'kapp.k14s.io/original', 'kapp.k14s.io/original-diff-md5', 'kbld.k14s.io/'],
  ),
  delivery(
    'kubectl',
    'https://kubernetes.io/docs/reference/labels-annotations-taints/',
    [],
    ['kubectl.kubernetes.io/', 'deployment.kubernetes.io/', 'kubernetes.io/change-cause'],
  ),
  delivery(
    'kustomize',
    'https://kubectl.docs.kubernetes.io/references/kustomize/',
    [],
    ['config.kubernetes.io/', 'internal.config.kubernetes.io/', 'config.k8s.io/', 'kustomize.config.k8s.io/'],
  ),
  delivery(
    'Rancher',
    'https://ranchermanager.docs.rancher.com/',
    [],
    [
      'field.cattle.io/',
      'cattle.io/',
      'lifecycle.cattle.io/',
      'objectset.rio.cattle.io/',
      'meta.fleet.cattle.io/',
      'management.cattle.io/',
      'ui.rancher/',
    ],
  ),
];
