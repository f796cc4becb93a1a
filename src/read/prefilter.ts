import { isKindOfInterest, PACK_GROUPS } from '../model/parse/kinds.ts';
import { mayBeHelmValues } from './helm-values.ts';

/**
 * Whether the text of a document may hold an object that matters. Parsing is the slow part of reading, and most
 * documents of an application are Deployments and the like; a wrong yes costs time only.
 */
export function mayMatter(text: string): boolean {
  if (PACK_GROUPS.some((group) => text.includes(group)) || mayBeHelmValues(text)) return true;
  for (const [, double, single, plain = ''] of text.matchAll(KIND)) {
    const kind = double ?? single ?? plain;
    // `kind:` above a nested map is a field that happens to have the name (in a CRD's schema, say).
    if (/^\w+:$/.test(kind)) continue;
    if (isWorkload(kind)) {
      if (CONTROLLER.test(text)) return true;
      continue;
    }
    if (!/^\w+$/.test(kind) || isKindOfInterest(kind) || kind.endsWith('List')) return true;
  }
  return false;
}

/**
 * Of a workload only that it is an ingress controller or does something for Ingresses, with its flags, matters, and how its readiness is
 * probed.
 */
const CONTROLLER =
  /ingress-nginx[/-]controller|nginx-ingress|external-dns|cert-manager-controller|readinessProbe|publish-service|publishedservice|traefik|kong|kubernetes-ingress|haproxy-ingress|emissary|contour/;

function isWorkload(kind: string): boolean {
  return ['Deployment', 'DaemonSet', 'StatefulSet', 'ReplicaSet', 'Pod'].includes(kind);
}

const KIND = /\bkind["']?\s*:\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s,}#]*))/g;

/** Whether a Secret may be in the text, so that none of its lines should be shown. */
export function mayHoldSecret(text: string): boolean {
  return /\bkind["']?\s*:\s*["']?Secret(?:List)?\b/.test(text);
}
