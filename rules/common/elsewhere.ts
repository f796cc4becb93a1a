import { defineFindings, type NoArgs } from '../../src/ledger/finding.ts';
import type { ToolRule } from '../../src/rule/pack.ts';
import { nowhere, placeOf } from './outputs.ts';

const find = defineFindings('tool/elsewhere', {
  'not-on-ingresses': {
    level: 'note',
    message: (a: { name: string; kinds: string }) => `${a.name} is read from ${a.kinds}, never from an Ingress`,
    help: () => 'If it was meant to do something, it never did: move it there.',
  },
  scraping: {
    level: 'warning',
    message: (a: { name: string }) =>
      `${a.name} is read by Prometheus configurations that discover Ingresses; Prometheus does not discover HTTPRoutes`,
    help: () => 'Write the probe down as a target of its own (a Probe of the Prometheus operator, or static_configs).',
  },
  'key-vault': {
    level: 'warning',
    message: (_: NoArgs) =>
      'the certificate comes from Azure Key Vault: application routing keeps it in a Secret for this Ingress and deletes it together with the Ingress',
    help: () =>
      "Bring it into a Secret of the Gateway's namespace, with a SecretProviderClass or External Secrets, before the Ingress is deleted.",
  },
});

/** Annotations that belong on other kinds of objects. */
export const onOtherKinds: ToolRule = {
  id: 'tool/on-other-kinds',
  title: 'Annotations of Services and pods',
  docs: 'https://kubernetes.io/docs/reference/labels-annotations-taints/',
  annotations: [
    'service.beta.kubernetes.io/',
    'service.kubernetes.io/',
    'kubernetes.digitalocean.com/',
    'linkerd.io/',
    'config.linkerd.io/',
    'sidecar.istio.io/',
    'vault.hashicorp.com/',
    'reloader.stakater.com/',
    'configmap.reloader.stakater.com/',
    'secret.reloader.stakater.com/',
    'cluster-autoscaler.kubernetes.io/',
  ],
  convert(entry) {
    const kinds = /^(service\.|kubernetes\.digitalocean)/.test(entry.name) ? 'Services' : 'pods and their controllers';
    return nowhere('inert', find['not-on-ingresses']({ name: entry.name, kinds }, placeOf(entry)));
  },
};

export const prometheus: ToolRule = {
  id: 'tool/prometheus',
  title: 'Prometheus: discovery of Ingresses',
  docs: 'https://prometheus.io/docs/prometheus/latest/configuration/configuration/#ingress',
  annotations: ['prometheus.io/'],
  convert: (entry) => nowhere('manual', find.scraping({ name: entry.name }, placeOf(entry))),
};

export const azureKeyVault: ToolRule = {
  id: 'tool/azure-key-vault',
  title: 'AKS application routing: certificates of Azure Key Vault',
  docs: 'https://learn.microsoft.com/azure/aks/app-routing-dns-ssl',
  annotations: ['kubernetes.azure.com/tls-cert-keyvault-uri'],
  convert: (entry) => nowhere('manual', find['key-vault']({}, placeOf(entry))),
};
