import { defineFindings, type NoArgs } from '../ledger/finding.ts';

/** Paths and files that could not be read. */
export const findSource = defineFindings('read', {
  'path-not-found': {
    level: 'error',
    message: (a: { path: string }) => `${a.path} does not exist.`,
    help: () => 'Check the spelling and the folder the command is run in.',
  },
  'path-unreadable': {
    level: 'error',
    message: (a: { path: string; reason: string }) => `${a.path} cannot be read: ${a.reason}.`,
    help: () => 'What it holds is not converted. Make it readable, or leave it out.',
  },
  'symlink-outside': {
    level: 'note',
    message: (a: { path: string; target: string }) => `${a.path} is a link to ${a.target}, outside of what was given, and is not followed.`,
    help: (a) => `If its manifests belong to the estate, give ${a.target} as well.`,
  },
  'symlink-broken': {
    level: 'warning',
    message: (a: { path: string }) => `${a.path} is a link to something that does not exist.`,
    help: () => 'If manifests are missing, restore what it points to.',
  },
});

/** Documents that are not what kubectl would accept. */
export const findDocument = defineFindings('read', {
  syntax: {
    level: 'error',
    message: (a: { reason: string }) => `This document is not valid YAML and is not converted: ${a.reason}.`,
    help: () => 'Correct it; `kubectl apply --dry-run=client -f FILE` fails at the same place.',
  },
  'helm-template': {
    level: 'error',
    message: (_: { template: string }) => 'This document is a template that has not been rendered, and is not converted.',
    help: () => 'Render it first (`helm template RELEASE CHART | gateshift convert -`), or read the cluster.',
  },
  'invalid-character': {
    level: 'error',
    message: (a: { character: string }) => `This document holds ${a.character}, which YAML does not allow, and is not converted.`,
    help: () => 'Save the file as UTF-8 text and remove control characters.',
  },
  'duplicate-key': {
    level: 'warning',
    message: (a: { key: string; first: number }) =>
      `"${a.key}" stands here for the second time (first in line ${a.first}). The last one counts, or the object is refused with strict validation.`,
    help: (a) =>
      a.key === 'kind' || a.key === 'apiVersion'
        ? 'Two objects in one document: put `---` between them.'
        : 'Keep the one that is meant and remove the other.',
  },
  'not-a-key': {
    level: 'error',
    message: (_: NoArgs) => 'A map or a list stands here as the name of a field, so this object is not converted.',
    help: () => 'Put quotes around text that begins with `{`, `[` or `?`.',
  },
  'unknown-alias': {
    level: 'error',
    message: (a: { name: string }) =>
      `*${a.name} refers to nothing that stands before it in this document, so this object is not converted.`,
    help: (a) => `Write &${a.name} at what is meant, or put quotes around text that begins with \`*\`.`,
  },
  'not-mergeable': {
    level: 'error',
    message: (_: NoArgs) => 'Only a map, or a list of maps, can be merged with `<<`, so this object is not converted.',
    help: () => 'Correct what follows `<<:`.',
  },
  'too-many-aliases': {
    level: 'error',
    message: (a: { limit: number }) => `Aliases repeat more than ${a.limit} values in this document, so it is not converted.`,
    help: () => 'Write out what is meant.',
  },
  'too-deep': {
    level: 'error',
    message: (a: { limit: number }) => `This document is nested more than ${a.limit} levels deep and is not converted.`,
    help: () => 'No Kubernetes object is; look for a mistake in what generated it.',
  },
  'too-large': {
    level: 'error',
    message: (a: { limit: number }) =>
      `More than ${a.limit} characters stand here, which no API server stores, so this object is not converted.`,
    help: () => 'Look for a mistake in what generated it.',
  },
  'too-complex': {
    level: 'error',
    message: (a: { limit: number }) =>
      `This document holds more than ${a.limit} words and signs, for which there is not enough memory, and is not converted.`,
    help: () => 'Split it, a List for each namespace say, or give Node more memory: NODE_OPTIONS=--max-old-space-size=8192.',
  },
  'top-level-list': {
    level: 'warning',
    message: (a: { count: number }) => `kubectl reads no list at the top of a file, so ${a.count} objects in it are not converted.`,
    help: () => 'Wrap it: `apiVersion: v1`, `kind: List`, and the list under `items`.',
  },
});
