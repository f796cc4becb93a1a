import { defineFindings, type NoArgs } from '../../ledger/finding.ts';

/** What is wrong with objects that could be read. */
export const findObject = defineFindings('read', {
  'unquoted-annotation': {
    level: 'error',
    message: (a: { annotation: string; written: string; type: string }) =>
      `The value of ${a.annotation} is a ${a.type} (${a.written}) and not text. The API server refuses the object, and older kubectl drops all its annotations, so this file does not describe the cluster.`,
    help: (a) => `Write "${a.written}" with quotes.`,
  },
  'unquoted-value': {
    level: 'error',
    message: (a: { key: string; written: string; type: string }) =>
      `The value of ${a.key} is a ${a.type} (${a.written}) and not text. The API server refuses the ConfigMap.`,
    help: (a) => `Write "${a.written}" with quotes.`,
  },
  'no-namespace': {
    level: 'note',
    message: (a: { count: number; namespace: string }) =>
      `${a.count} ${a.count === 1 ? 'object names' : 'objects name'} no namespace and ${a.count === 1 ? 'is' : 'are'} taken to be in "${a.namespace}".`,
    help: () => 'If they are applied to another one, convert each namespace by itself and name it.',
  },
  'no-name': {
    level: 'error',
    message: (a: { kind: string; generateName: string }) =>
      a.generateName === ''
        ? `This ${a.kind} has no metadata.name, so no cluster can hold it. It is not converted.`
        : `This ${a.kind} has only a generateName (${a.generateName}): its name is made when it is created. It is not converted.`,
    help: () => 'Give it its name, or read it from the cluster.',
  },
  'unknown-api-version': {
    level: 'error',
    message: (a: { apiVersion: string }) =>
      a.apiVersion === ''
        ? 'This Ingress has no apiVersion and is not converted.'
        : `There is no Ingress in ${a.apiVersion}, so this one is not converted.`,
    help: () => 'Write `apiVersion: networking.k8s.io/v1`.',
  },
  'foreign-ingress': {
    level: 'note',
    message: (a: { apiVersion: string; name: string }) =>
      `${a.name} is an Ingress of ${a.apiVersion}, another API with the same kind. It is left alone.`,
  },
  'wrong-type': {
    level: 'error',
    message: (a: { field: string; expected: string; found: string }) =>
      `${a.field} should be ${a.expected} and is ${a.found}. The API server refuses the object.`,
    help: (a) => (a.expected === 'text' && /number|boolean/.test(a.found) ? 'Put it in quotes.' : `Make it ${a.expected}.`),
  },
  'unsupported-value': {
    level: 'error',
    message: (a: { field: string; value: string; supported: string }) =>
      `${a.field} is "${a.value}", which the API server refuses. It is read as if it were not there.`,
    help: (a) => `Use one of ${a.supported}.`,
  },
  'old-backend-shape': {
    level: 'error',
    message: (a: { field: string; apiVersion: string }) =>
      `${a.field} has the form of another version than ${a.apiVersion}, which the API server refuses. It is read as it is meant.`,
    help: (a) =>
      a.apiVersion === 'networking.k8s.io/v1'
        ? 'Write `service: {name: …, port: {number: …}}`.'
        : 'Write `serviceName` and `servicePort`, or move the object to networking.k8s.io/v1.',
  },
  'conflicting-fields': {
    level: 'error',
    message: (a: { field: string; used: string; ignored: string }) =>
      `${a.field} has both ${a.used} and ${a.ignored}, which the API server refuses. ${a.used} is used.`,
    help: () => 'Keep one.',
  },
  placeholder: {
    level: 'warning',
    message: (a: { field: string; value: string; placeholder: string }) =>
      `${a.field} holds the placeholder ${a.placeholder}, so it is not valid as it stands.`,
    help: () => 'Convert what is applied in the end, with the placeholders filled in.',
  },
  'invalid-host': {
    level: 'error',
    message: (a: { host: string }) => `"${a.host}" is no host name, so the API server refuses this Ingress.`,
    help: () => 'A host is lower-case letters, digits, `-` and `.`, at most with `*.` in front: no address, port, path or expression.',
  },
  'duplicate-ingress': {
    level: 'warning',
    message: (a: { namespace: string; name: string; other: string }) =>
      `Ingress ${a.namespace}/${a.name} is already defined at ${a.other}, differently. A cluster holds the one that was applied last; both are converted.`,
    help: () => 'Give only the files of one environment, or remove the definition that is out of date.',
  },
  'duplicate-ingress-identical': {
    level: 'note',
    message: (a: { namespace: string; name: string; other: string }) =>
      `Ingress ${a.namespace}/${a.name} is defined at ${a.other} too, with the same content.`,
  },
  'no-spec': {
    level: 'error',
    message: (_: NoArgs) =>
      'This Ingress has neither rules nor a default backend. The API server refuses it, and there is nothing in it to convert.',
    help: () =>
      'If it is a patch, render its kustomization first: kubectl kustomize FOLDER | gateshift COMMAND -. Otherwise give it `spec.rules` or `spec.defaultBackend`.',
  },
});
