import type { Finding } from '../ledger/finding.ts';
import type { Estate } from '../model/estate.ts';
import type { Ingress } from '../model/ingress.ts';
import type { ConvertOptions } from '../options.ts';
import type { Vendor } from '../route/table.ts';
import { claimFindings } from './claim-findings.ts';

/** Whose annotations an Ingress carries, of the two controllers that both go by the class `nginx`. */
type NginxSigns = 'kubernetes' | 'inc' | 'both' | 'none';

const KUBERNETES = /^nginx\.ingress\.kubernetes\.io\//;
const INC = /^(?:nginx\.(?:org|com)|appprotect(?:dos)?\.f5\.com)\//;

function nginxSigns({ annotations }: Pick<Ingress, 'annotations'>): NginxSigns {
  const kubernetes = annotations.some(({ name }) => KUBERNETES.test(name));
  const inc = annotations.some(({ name }) => INC.test(name));
  return kubernetes ? (inc ? 'both' : 'kubernetes') : inc ? 'inc' : 'none';
}

/** What the Ingresses of a class carry, taken together: a class is served by one controller. */
function signsOfClass(name: string, estate: Estate): ReadonlySet<NginxSigns> {
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

export const NAMES_NGINX = /(?:^|[^a-z])nginx(?:[^a-z]|$)/;

/**
 * Which of the two controllers serves a class that is `nginx` by name alone: the one whose annotations the Ingress carries, else
 * the one whose annotations the other Ingresses of the class carry. null where the name says nothing of nginx, or somebody else
 * said whose it is. Without any sign it is ingress-nginx.
 */
export function nginxOf(
  name: string,
  ingress: Ingress,
  estate: Estate,
  options: ConvertOptions,
): { readonly vendor: Vendor; readonly findings: readonly Finding[] } | null {
  const isChosen = Object.hasOwn(options.classes, name) || estate.classes.some(({ ref }) => ref.name === name);
  if (isChosen || !NAMES_NGINX.test(name)) return null;
  const at = { at: ingress.ref.at, ingress: ingress.ref };
  const own = nginxSigns(ingress);
  const others = signsOfClass(name, estate);
  const elsewhere = others.has('kubernetes') || others.has('both');
  const as = (vendor: Vendor, because: string) => ({ vendor, findings: [claimFindings['assumed-vendor']({ vendor, because }, at)] });
  switch (own) {
    case 'inc':
      return as(
        'nginx-inc',
        `class "${name}" is not defined in the input, and the Ingress carries annotations of NGINX Inc.'s controller only`,
      );
    case 'both':
      return {
        vendor: 'nginx',
        findings: [claimFindings['either-nginx']({ class: name, because: 'this Ingress carries annotations of both' }, at)],
      };
    case 'none':
      if (!others.has('inc')) return null;
      if (!elsewhere)
        return as(
          'nginx-inc',
          `class "${name}" is not defined in the input, and its other Ingresses carry annotations of NGINX Inc.'s controller only`,
        );
      return {
        vendor: 'nginx',
        findings: [
          claimFindings['either-nginx'](
            { class: name, because: 'other Ingresses of the class carry annotations of the one or the other' },
            at,
          ),
        ],
      };
    case 'kubernetes':
      return null;
    default:
      return own satisfies never;
  }
}
