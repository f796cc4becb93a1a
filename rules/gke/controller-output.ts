import { defineFindings, type NoArgs } from '../../src/ledger/finding.ts';
import type { Entry } from '../../src/model/entry.ts';
import { entryOf, type Read, text } from '../../src/rule/codec.ts';
import { at, defineRule, type RuleOutput } from '../../src/rule/rule.ts';
import { inert, placeOf } from './settlement.ts';

const find = defineFindings('gke/controller-output', {
  status: {
    level: 'note',
    message: (_: NoArgs) => 'the controller notes here what it made; it is no setting',
  },
  'address-dies': {
    level: 'warning',
    message: (a: { address: string }) => `the address ${a.address} belongs to the controller and is released with the Ingress`,
    help: () => 'Do not use it for the Gateway: reserve a new one, and let the DNS records follow.',
  },
});

/** Set when the controller notes that it redirects to HTTPS. */
export interface ObservedRedirect {
  readonly entry: Entry;
}

/** What the controller writes on the Ingresses it serves, as live objects carry it. */
export const controllerOutput = defineRule({
  id: 'gke/controller-output',
  title: 'Notes of the controller',
  docs: 'https://github.com/kubernetes/ingress-gce/blob/master/docs/annotations.md',
  scope: 'tool',
  becomes: 'inert',
  reads: {
    redirect: at('ingress.kubernetes.io/redirect-url-map', text),
    address: at('ingress.kubernetes.io/static-ip', text),
    backends: at('ingress.kubernetes.io/backends', text),
    forwardingRule: at('ingress.kubernetes.io/forwarding-rule', text),
    httpsForwardingRule: at('ingress.kubernetes.io/https-forwarding-rule', text),
    targetProxy: at('ingress.kubernetes.io/target-proxy', text),
    httpsTargetProxy: at('ingress.kubernetes.io/https-target-proxy', text),
    urlMap: at('ingress.kubernetes.io/url-map', text),
    certificate: at('ingress.kubernetes.io/ssl-cert', text),
    instanceGroups: at('ingress.gcp.kubernetes.io/instance-groups', text),
  },
  findings: find,
  convert({ read: { redirect, address, ...rest } }): RuleOutput<ObservedRedirect> {
    const notes: readonly Read<unknown>[] = Object.values(rest);
    const dies = address.state === 'valid' ? [find['address-dies']({ address: address.value }, placeOf(address.entry))] : [];
    return {
      ...(redirect.state === 'valid' ? { setting: { entry: redirect.entry } } : {}),
      routed: entryOf(redirect),
      settled: [
        ...notes.flatMap(entryOf).flatMap((entry) => inert([entry], find.status({}, placeOf(entry)))),
        ...dies.flatMap((finding) => inert(entryOf(address), finding)),
      ],
      findings: dies,
    };
  },
});
