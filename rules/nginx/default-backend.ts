import { defineFindings } from '../../src/ledger/finding.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX, refusal } from './annotation.ts';
import { serviceName } from './codecs.ts';

/** Not `spec.defaultBackend`: it takes over when the path's own Service has no ready endpoint. */
export const defaultBackend = defineRule({
  id: 'nginx/default-backend',
  title: 'Fallback for paths whose Service has no endpoints',
  docs: manual('default-backend'),
  scope: 'location',
  becomes: 'fallbackBackend',
  reads: { service: at(`${PREFIX}default-backend`, serviceName) },
  findings: defineFindings('nginx/default-backend', {}),
  convert({ read: { service }, ingress }) {
    const refused = refusal(service);
    if (refused !== null) return { refused };
    if (service.state !== 'valid') return {};
    const answersErrors = ingress.annotations.some((entry) => entry.name === `${PREFIX}custom-http-errors` && entry.value !== '');
    return { intents: [{ kind: 'fallbackBackend', service: service.value, onlyWhenNoEndpoint: !answersErrors, entries: [service.entry] }] };
  },
});
