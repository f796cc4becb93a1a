import type { Estate } from '../model/estate.ts';
import type { Ingress } from '../model/ingress.ts';

/** Whose annotations an Ingress carries, of the two controllers that both go by the class `nginx`. */
export type NginxSigns = 'kubernetes' | 'inc' | 'both' | 'none';

const KUBERNETES = /^nginx\.ingress\.kubernetes\.io\//;
const INC = /^(?:nginx\.(?:org|com)|appprotect(?:dos)?\.f5\.com)\//;

export function nginxSigns({ annotations }: Pick<Ingress, 'annotations'>): NginxSigns {
  const kubernetes = annotations.some(({ name }) => KUBERNETES.test(name));
  const inc = annotations.some(({ name }) => INC.test(name));
  return kubernetes ? (inc ? 'both' : 'kubernetes') : inc ? 'inc' : 'none';
}

/** What the Ingresses of a class carry, taken together: a class is served by one controller. */
export function signsOfClass(name: string, estate: Estate): ReadonlySet<NginxSigns> {
  return classSigns(estate).get(name) ?? new Set();
}

const known = new WeakMap<Estate, ReadonlyMap<string, ReadonlySet<NginxSigns>>>();

/** Once for each estate, which never changes. */
function classSigns(estate: Estate): ReadonlyMap<string, ReadonlySet<NginxSigns>> {
  const kept = known.get(estate);
  if (kept !== undefined) return kept;
  const signs = new Map<string, Set<NginxSigns>>();
  for (const ingress of estate.ingresses) {
    const name = classNameOf(ingress);
    if (name === null) continue;
    const seen = signs.get(name) ?? new Set();
    signs.set(name, seen.add(nginxSigns(ingress)));
  }
  known.set(estate, signs);
  return signs;
}

function classNameOf({ annotations, className }: Ingress): string | null {
  const annotated = annotations.find(({ name, value }) => name === 'kubernetes.io/ingress.class' && value !== '');
  return className?.value ?? annotated?.value ?? null;
}
