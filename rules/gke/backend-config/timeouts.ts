import { intField, readField } from '../object-fields.ts';
import { type BackendConfigRule, DOCS, isDefault, refused, valueFindings } from './rule.ts';

const LARGEST_INT32 = 2_147_483_647;

/** Of the whole answer; of an upgraded connection (WebSocket) its longest life. */
export const backendTimeout: BackendConfigRule = {
  id: 'gke/timeout',
  title: 'Timeout of the backend',
  docs: DOCS,
  fields: ['spec.timeoutSec'],
  findings: valueFindings,
  convert(config, use) {
    const seconds = readField(config, ['spec', 'timeoutSec'], intField(1, LARGEST_INT32));
    switch (seconds.state) {
      case 'absent':
        return {};
      case 'invalid':
        return refused(seconds, config, use);
      case 'valid':
        return { intents: [{ kind: 'requestTimeout', ms: seconds.value * 1000, entries: [seconds.entry] }] };
      default:
        return seconds satisfies never;
    }
  },
};

export const connectionDraining: BackendConfigRule = {
  id: 'gke/connection-draining',
  title: 'Connection draining',
  docs: DOCS,
  fields: ['spec.connectionDraining.drainingTimeoutSec'],
  findings: valueFindings,
  convert(config, use) {
    const seconds = readField(config, ['spec', 'connectionDraining', 'drainingTimeoutSec'], intField(0, 3600));
    switch (seconds.state) {
      case 'absent':
        return {};
      case 'invalid':
        return refused(seconds, config, use);
      case 'valid':
        if (seconds.value === 0) return isDefault(seconds.entry, use);
        return { intents: [{ kind: 'gke', feature: 'connectionDraining', seconds: seconds.value, entries: [seconds.entry] }] };
      default:
        return seconds satisfies never;
    }
  },
};
