import type { GkeCertificate } from '../../intent/gke.ts';
import type { IngressRef } from '../../model/entry.ts';
import type { Estate } from '../../model/estate.ts';
import { compareText } from '../../model/position.ts';

/** A domain and what its certificate, authorization and map entry are called in Certificate Manager. */
export interface NamedDomain {
  readonly domain: string;
  readonly id: string;
}

/** Stands for domains that are not known. */
export const UNKNOWN = 'DOMAIN';

/** Each once, in order. */
export function domainsOf(certificates: readonly GkeCertificate[]): readonly NamedDomain[] {
  const domains = certificates.flatMap((each) => (each.source === 'managed' ? (each.domains ?? []) : []));
  const wanted = domains.length === 0 ? [UNKNOWN] : [...new Set(domains)].sort(compareText);
  const taken = new Set<string>();
  return wanted.map((domain) => {
    const base = nameOf(domain);
    let id = base;
    for (let count = 2; taken.has(id); count += 1) id = `${base.slice(0, 58)}-${count}`;
    taken.add(id);
    return { domain, id };
  });
}

/** Of the Ingress whose Gateway takes it: unique in the project as far as the input shows. */
export function mapNameOf({ namespace, name }: IngressRef, { ingresses }: Pick<Estate, 'ingresses'>): string {
  const isShared = ingresses.some(({ ref }) => ref.name === name && ref.namespace !== namespace);
  return `${nameOf(isShared ? `${namespace}-${name}` : name).slice(0, 59)}-map`;
}

/** As Certificate Manager takes them: a letter, then letters, digits and dashes, 63 at most. */
function nameOf(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return (/^[a-z]/.test(plain) ? plain : `d-${plain}`).slice(0, 63).replace(/-+$/, '');
}
