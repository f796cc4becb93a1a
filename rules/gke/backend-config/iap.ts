import { defineFindings, type NoArgs } from '../../../src/ledger/finding.ts';
import type { OtherObject } from '../../../src/model/objects.ts';
import { valueOr } from '../../../src/rule/codec.ts';
import { boolField, entriesUnder, readField, textField } from '../object-fields.ts';
import { inert, placeOf } from '../settlement.ts';
import { type BackendConfigRule, type BackendPart, type BackendUse, DOCS, refused, together } from './rule.ts';

const find = defineFindings('gke/iap', {
  off: {
    level: 'note',
    message: (_: NoArgs) => 'Identity-Aware Proxy is switched off, so its settings have no effect',
  },
  'with-cdn': {
    level: 'error',
    message: (a: { object: string }) =>
      `${a.object} asks for Identity-Aware Proxy and Cloud CDN at once, which GKE refuses: nothing of the Ingress is applied`,
    help: () => 'Decide for one of them. The routes stay behind the login.',
    security: true,
  },
  'not-regional': {
    level: 'error',
    message: (a: { object: string }) =>
      `${a.object} asks for Identity-Aware Proxy on a regional external load balancer, which GKE refuses: nothing of the Ingress is applied`,
    help: () => 'Nobody is asked to log in today. The routes stay behind the login.',
    security: true,
  },
  'secret-keys': {
    level: 'error',
    message: (a: { secret: string; missing: string }) =>
      `Secret ${a.secret} has no key ${a.missing}, without which GKE sets up no login and applies nothing of the Ingress`,
    help: () => 'Add the key. The routes stay behind the login.',
    security: true,
  },
});

/** https://cloud.google.com/iap/docs/enabling-kubernetes-howto */
export const iap: BackendConfigRule = {
  id: 'gke/iap',
  title: 'Identity-Aware Proxy',
  docs: DOCS,
  fields: [
    'spec.iap.enabled',
    'spec.iap.oauthclientCredentials.secretName',
    'spec.iap.oauthclientCredentials.clientID',
    'spec.iap.oauthclientCredentials.clientSecret',
  ],
  findings: find,
  convert(config, use) {
    const entries = entriesUnder(config, ['spec', 'iap']);
    const enabled = readField(config, ['spec', 'iap', 'enabled'], boolField);
    const [first] = entries;
    if (first === undefined) return {};
    if (enabled.state === 'valid' && !enabled.value) return { settled: inert(entries, find.off({}, placeOf(first, use.ingress))) };
    if (enabled.state === 'absent' && entries.length === 1 && first.name === 'spec.iap') return {};
    // Whatever is wrong with the rest, somebody meant to close it.
    const broken = enabled.state === 'invalid' ? refused(enabled, config, use) : {};
    return together([broken, { ...problems(config, use), ...closed(config) }]);
  },
};

function closed(config: OtherObject): BackendPart {
  const credentials = ['spec', 'iap', 'oauthclientCredentials'];
  const secret = valueOr(readField(config, [...credentials, 'secretName'], textField), '');
  const clientId = valueOr(readField(config, [...credentials, 'clientID'], textField), '');
  const inline = valueOr(readField(config, [...credentials, 'clientSecret'], textField), '') !== '';
  const entries = entriesUnder(config, ['spec', 'iap']).toSorted(
    (a, b) => Number(b.name === 'spec.iap.enabled') - Number(a.name === 'spec.iap.enabled'),
  );
  const name = secret === '' ? null : { namespace: config.ref.namespace, name: secret };
  // The Secret beats what stands in the object.
  return { intents: [{ kind: 'iap', secret: name, clientId: name !== null || clientId === '' ? null : clientId, inline, entries }] };
}

function problems(config: OtherObject, use: BackendUse): BackendPart {
  const enabled = entriesUnder(config, ['spec', 'iap'])[0];
  if (enabled === undefined) return {};
  const object = `BackendConfig ${config.ref.namespace}/${config.ref.name}`;
  const place = placeOf(enabled, use.ingress);
  const cdn = valueOr(readField(config, ['spec', 'cdn', 'enabled'], boolField), false);
  const name = valueOr(readField(config, ['spec', 'iap', 'oauthclientCredentials', 'secretName'], textField), '');
  const secret = use.estate.secretByName.get(`${config.ref.namespace}/${name}`);
  const missing = ['client_id', 'client_secret'].filter((key) => secret !== undefined && !secret.keys.includes(key));
  return {
    mistakes: [
      ...(cdn ? [find['with-cdn']({ object }, place)] : []),
      ...(use.scheme === 'regional-external' ? [find['not-regional']({ object }, place)] : []),
      ...(missing.length > 0
        ? [find['secret-keys']({ secret: `${config.ref.namespace}/${name}`, missing: missing.join(', ') }, place)]
        : []),
    ],
  };
}
