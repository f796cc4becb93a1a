import { defineFindings } from '../../src/ledger/finding.ts';
import type { ToolRule } from '../../src/rule/pack.ts';
import { classOf } from './other-controllers.ts';
import { nowhere, placeOf } from './outputs.ts';

const find = defineFindings('tool/shared-prefix', {
  'not-read': {
    level: 'note',
    message: (a: { name: string; class: string }) =>
      `${a.name} has the prefix that controllers shared until 2017; for class "${a.class}" it is read only where the controller runs with --annotations-prefix=ingress.kubernetes.io`,
    help: (a) =>
      `If it does, rename it to the controller's usual prefix before converting: ${a.name.replace('ingress.', 'nginx.ingress.')} for ingress-nginx.`,
  },
  'perhaps-read': {
    level: 'warning',
    message: (a: { name: string; reader: string }) =>
      `${a.name} may be in effect: its prefix is read by ${a.reader}, and what it does was not carried over`,
    help: () =>
      'Rename it to the prefix of the controller that serves the Ingress, or write by hand what it does, above all where it protects something.',
    security: true,
    differs: ['unreachable', 'wrong-backend', 'wrong-path', 'redirect', 'wider', 'narrower', 'status', 'headers'],
  },
  status: {
    level: 'note',
    message: (a: { name: string }) => `${a.name} was noted on the Ingress by the controller of Google Cloud; it is no setting`,
  },
});

/** https://github.com/kubernetes/ingress-gce: what the controller notes on the Ingresses it serves. */
const NOTED_BY_GCE =
  /\/(backends|forwarding-rule|https-forwarding-rule|target-proxy|https-target-proxy|url-map|ssl-cert|static-ip|redirect-url-map)$/;
const PROTECTS = /\/(auth|whitelist|allowlist|denylist|limit|satisfy|configuration-snippet|server-snippet|secure|waf|modsecurity)/;

/** `ingress.kubernetes.io/` was nobody's own: ingress-nginx left it with 0.9, HAProxy Ingress and Traefik 1 still read it. */
export const sharedPrefix: ToolRule = {
  id: 'tool/shared-prefix',
  title: 'The prefix all controllers once shared',
  docs: 'https://kubernetes.github.io/ingress-nginx/user-guide/cli-arguments/',
  annotations: ['ingress.kubernetes.io/'],
  convert(entry, ingress) {
    if (NOTED_BY_GCE.test(entry.name)) return nowhere('inert', find.status({ name: entry.name }, placeOf(entry)));
    const ofClass = classOf(ingress);
    if (ofClass === null)
      return nowhere('manual', find['perhaps-read']({ name: entry.name, reader: 'several controllers' }, placeOf(entry)));
    if (/haproxy|traefik|voyager/.test(ofClass))
      return nowhere('manual', find['perhaps-read']({ name: entry.name, reader: `class "${ofClass}"` }, placeOf(entry)));
    if (PROTECTS.test(entry.name)) {
      const reader = 'controllers that run with --annotations-prefix=ingress.kubernetes.io';
      return nowhere('manual', find['perhaps-read']({ name: entry.name, reader }, placeOf(entry)));
    }
    return nowhere('inert', find['not-read']({ name: entry.name, class: ofClass }, placeOf(entry)));
  },
};
