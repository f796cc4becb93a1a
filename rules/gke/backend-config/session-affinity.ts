import type { AffinityCookie, Intent } from '../../../src/intent/intent.ts';
import { defineFindings } from '../../../src/ledger/finding.ts';
import type { Entry } from '../../../src/model/entry.ts';
import { entryOf } from '../../../src/rule/codec.ts';
import { choiceField, intField, readField } from '../object-fields.ts';
import { inert, placeOf } from '../settlement.ts';
import { type BackendConfigRule, DOCS, isDefault, refused, together } from './rule.ts';

const find = defineFindings('gke/session-affinity', {
  'ttl-unused': {
    level: 'note',
    message: (a: { type: string }) => `the lifetime of a cookie has no effect: affinity of type ${a.type} sets none`,
  },
});

export const sessionAffinity: BackendConfigRule = {
  id: 'gke/session-affinity',
  title: 'Session affinity',
  docs: DOCS,
  fields: ['spec.sessionAffinity.affinityType', 'spec.sessionAffinity.affinityCookieTtlSec'],
  findings: find,
  convert(config, use) {
    const type = readField(config, ['spec', 'sessionAffinity', 'affinityType'], choiceField('', 'NONE', 'CLIENT_IP', 'GENERATED_COOKIE'));
    const ttl = readField(config, ['spec', 'sessionAffinity', 'affinityCookieTtlSec'], intField(0, 86_400));
    const badType = type.state === 'invalid' ? refused(type, config, use) : {};
    const badTtl = ttl.state === 'invalid' ? refused(ttl, config, use) : {};
    const kind = type.state === 'valid' ? type.value : '';
    const ttlEntries = ttl.state === 'valid' ? [ttl.entry] : [];
    const unusedTtl = ttlEntries.flatMap((entry) =>
      inert([entry], find['ttl-unused']({ type: kind || 'NONE' }, placeOf(entry, use.ingress))),
    );
    switch (kind) {
      case '':
      case 'NONE':
        return together([badType, badTtl, { settled: unusedTtl }, type.state === 'valid' ? isDefault(type.entry, use) : {}]);
      case 'CLIENT_IP':
        return together([badTtl, { settled: unusedTtl, intents: [affinity('client-address', null, entryOf(type))] }]);
      case 'GENERATED_COOKIE': {
        const seconds = ttl.state === 'valid' && ttl.value > 0 ? ttl.value : null;
        return together([badTtl, { intents: [affinity('cookie', cookie(seconds), [...entryOf(type), ...ttlEntries])] }]);
      }
      default:
        return kind satisfies never;
    }
  },
};

function affinity(by: 'cookie' | 'client-address', of: AffinityCookie | null, entries: readonly Entry[]): Intent {
  return { kind: 'sessionAffinity', by, cookie: of, mode: 'balanced', canary: 'sticky', entries };
}

/** The cookie that Google's load balancers set. */
function cookie(maxAgeSeconds: number | null): AffinityCookie {
  return {
    name: 'GCLB',
    maxAgeSeconds,
    path: '/',
    domain: null,
    sameSite: null,
    conditionalSameSiteNone: false,
    secure: null,
    partitioned: false,
    changeOnFailure: false,
  };
}
