import type { ToolRule } from '../../src/rule/pack.ts';
import { copyTo } from './outputs.ts';

/** Gardener's DNS and certificate services read the same annotations from Gateways. */
export const gardener: ToolRule = {
  id: 'tool/gardener',
  title: 'Gardener: DNS records and certificates',
  docs: 'https://github.com/gardener/cert-management/blob/master/docs/usage/tutorials/gateway-api-gateways.md',
  annotations: ['dns.gardener.cloud/', 'cert.gardener.cloud/'],
  convert: (entry, ingress) => copyTo('gateway', entry, ingress),
};
