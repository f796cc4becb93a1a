import type { Finding } from '../../src/ledger/finding.ts';
import { defineFindings, type NoArgs } from '../../src/ledger/finding.ts';
import type { Ingress } from '../../src/model/ingress.ts';
import { oneOf } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { ORG } from './annotation.ts';
import { defineBehaviour } from './behaviour.ts';
import { placeOf } from './settlement.ts';

export const mergeableFindings = defineFindings('nginx-inc/mergeable', {
  'broken-master': {
    level: 'error',
    message: (a: { why: string }) =>
      `the controller rejects this Ingress: a master has exactly one rule, with a host and without paths, and ${a.why}`,
    help: () => 'Move the paths into minions, or remove the annotation, and convert again. Its minions are not served either.',
    differs: ['unreachable'],
  },
  'broken-minion': {
    level: 'error',
    message: (a: { why: string }) =>
      `the controller rejects this Ingress: a minion has exactly one rule, with paths, and no tls, and ${a.why}`,
    help: () => 'Leave one rule, move tls to the master, and convert again.',
    differs: ['unreachable'],
  },
  orphan: {
    level: 'warning',
    message: (a: { host: string }) => `no master serves ${a.host}, so the controller serves nothing of this minion`,
    help: () => 'If its master is in another file, convert them together. Nothing was written for it.',
    differs: ['unreachable'],
  },
  'no-minions': {
    level: 'note',
    message: (a: { host: string }) => `no minion in the input adds paths to ${a.host}`,
    help: () => 'If its minions are in other files, convert them together.',
  },
  'not-here': {
    level: 'warning',
    message: (a: { annotation: string; role: string; other: string }) =>
      `${a.annotation} is not allowed on a ${a.role}, where the controller drops it`,
    help: (a) => `Set it on the ${a.other} and convert again if it is meant to hold.`,
  },
  'other-block': {
    level: 'note',
    message: (a: { annotation: string; role: string }) =>
      `${a.annotation} has no effect on a ${a.role}: what it sets stands in another block of the configuration, is not inherited, or is set by every minion itself`,
  },
  'path-taken': {
    level: 'warning',
    message: (a: { path: string; winner: string; file: string; line: number }) =>
      `${a.path} is in the minion ${a.winner} too (${a.file}:${a.line}), which serves it; the older of the two does, and the files do not say which that is`,
    help: () => 'Compare with: kubectl get ingress -A --sort-by=.metadata.creationTimestamp. The oldest wins.',
    differs: ['wrong-backend', 'wrong-path', 'protection', 'unreachable', 'redirect', 'headers'],
  },
  'path-of-older': {
    level: 'note',
    message: (a: { path: string; winner: string; file: string; line: number }) =>
      `${a.path} is served by the older minion ${a.winner} (${a.file}:${a.line})`,
  },
  'path-twice': {
    level: 'error',
    message: (a: { path: string }) =>
      `the minion has ${a.path} twice, and the controller takes each for a rival of the other: it serves neither`,
    help: () => 'Nothing was written for it. Leave one of them; where both types are meant, use two minions with different paths.',
    differs: ['unreachable'],
  },
  'default-backend': {
    level: 'note',
    message: (_: NoArgs) => 'the default backend of a master or minion answers no request: their host has the paths of the minions only',
  },
});

/** A master has the host, TLS and settings of the server block; minions have the paths. */
export const mergeable = defineBehaviour({
  id: 'nginx-inc/mergeable',
  title: 'Hosts merged from a master and minions',
  docs: 'https://docs.nginx.com/nginx-ingress-controller/configuration/ingress-resources/cross-namespace-configuration/',
  scope: 'ingress',
  becomes: 'rules of the master’s host in the routing table',
  reads: { type: at(`${ORG}mergeable-ingress-type`, oneOf('master', 'minion')) },
  findings: mergeableFindings,
  check({ read, ingress }) {
    if (read.type.state !== 'valid') return null;
    const place = placeOf(read.type.entry);
    const why = read.type.value === 'master' ? masterProblem(ingress) : minionProblem(ingress);
    if (why === null) return null;
    return mergeableFindings[read.type.value === 'master' ? 'broken-master' : 'broken-minion']({ why }, place) satisfies Finding;
  },
});

function masterProblem({ rules }: Ingress): string | null {
  if (rules.length !== 1) return `this one has ${rules.length} rules`;
  return (rules[0]?.paths ?? []).length > 0 ? 'this one has paths' : null;
}

function minionProblem({ rules, tls }: Ingress): string | null {
  if (tls.length > 0) return 'this one has tls';
  if (rules.length !== 1) return `this one has ${rules.length} rules`;
  return (rules[0]?.paths ?? []).length === 0 ? 'this one has no paths' : null;
}
