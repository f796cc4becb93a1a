import type { Intent, SecretName } from '../../src/intent/intent.ts';
import { defineFindings, type Finding } from '../../src/ledger/finding.ts';
import type { Entry } from '../../src/model/entry.ts';
import { placeOf } from './settlement.ts';

/** References of the controller to other objects, and what a broken one does. */
export const referenceFindings = defineFindings('nginx/reference', {
  'answers-503': {
    level: 'error',
    message: (a: { annotation: string; why: string }) => `every path of this Ingress answers 503 today: ${a.annotation} ${a.why}`,
    help: () => 'It stays closed. Correct the value and convert again.',
    security: true,
    differs: ['status'],
  },
  'answers-403': {
    level: 'error',
    message: (a: { annotation: string; why: string }) =>
      `every host of this Ingress answers 403 today, whatever the path: ${a.annotation} ${a.why}`,
    help: () => 'It stays closed. Correct the value and convert again.',
    security: true,
    differs: ['status'],
  },
  'other-namespace': {
    level: 'warning',
    message: (a: { annotation: string; object: string; refusal: string }) =>
      `${a.annotation} names ${a.object} of another namespace: ingress-nginx ${a.refusal} unless allow-cross-namespace-resources is true`,
    help: () => 'What was made of it takes the reference as good. Copy the object into the namespace of the Ingress to be sure.',
    differs: ['status'],
  },
});

const PART = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

/** `name` or `namespace/name` (`SplitMetaNamespaceKey`); null where no object can have that name. */
export function localName(value: string, namespace: string): SecretName | null {
  return value.includes('/') ? fullName(value) : PART.test(value) ? { namespace, name: value } : null;
}

/** `namespace/name` (`ParseNameNS`), the namespace being mandatory. */
export function fullName(value: string): SecretName | null {
  const [namespace = '', name = '', more] = value.split('/');
  return more === undefined && PART.test(namespace) && PART.test(name) ? { namespace, name } : null;
}

/** Set where the reference leaves the namespace of the Ingress. */
export function otherNamespace(entry: Entry, target: SecretName, home: string, refusal: string): readonly Finding[] {
  if (target.namespace === home) return [];
  const args = { annotation: entry.name, object: `${target.namespace}/${target.name}`, refusal };
  return [referenceFindings['other-namespace'](args, placeOf(entry))];
}

const ANSWERED = 'everything is answered with';

/** Whether a broken value makes the controller answer with an error in the place of all that it would do else, redirects included. */
export function isAnsweredWithError(intent: Intent): boolean {
  return intent.kind === 'rawAccessControl' && intent.restricts.startsWith(ANSWERED);
}

/** What answers with an error because of a broken value stays closed: it is a protection like any other. */
export function failsClosed(
  status: 503 | 403,
  entry: Entry,
  why: string,
  entries: readonly Entry[],
): { readonly intent: Intent; readonly finding: Finding } {
  return {
    intent: {
      kind: 'rawAccessControl',
      language: 'ingress-nginx',
      restricts: `${ANSWERED} ${status} today, because ${entry.name} ${why}`,
      entries,
    },
    finding: referenceFindings[status === 503 ? 'answers-503' : 'answers-403']({ annotation: entry.name, why }, placeOf(entry)),
  };
}
