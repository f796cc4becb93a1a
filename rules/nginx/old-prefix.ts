import { defineFindings } from '../../src/ledger/finding.ts';
import { entryOf, text } from '../../src/rule/codec.ts';
import { type AnnotationRead, at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX } from './annotation.ts';
import { beside } from './beside.ts';
import { inert, placeOf } from './settlement.ts';

const OLD_PREFIX = 'ingress.kubernetes.io/';

const find = defineFindings('nginx/old-prefix', {
  inert: {
    level: 'note',
    message: (a: { annotation: string; now: string }) =>
      `${a.annotation} is the name of before ingress-nginx 0.9, which the controller does not read any more; today it is ${a.now}`,
    help: (a) =>
      `If it was meant to hold, write ${a.now} and convert again. A controller with --annotations-prefix=ingress.kubernetes.io does read it.`,
  },
  'protects-nothing': {
    level: 'warning',
    message: (a: { annotation: string; now: string }) =>
      `${a.annotation} protects nothing: it is the name of before ingress-nginx 0.9, which the controller does not read any more`,
    help: (a) =>
      `If these paths are to be protected, write ${a.now} and convert again. A controller with --annotations-prefix=ingress.kubernetes.io does read it.`,
    security: true,
  },
});

const PROTECTING = [
  'auth-method',
  'auth-realm',
  'auth-secret',
  'auth-tls-error-page',
  'auth-tls-secret',
  'auth-tls-verify-client',
  'auth-tls-verify-depth',
  'auth-type',
  'auth-url',
  'configuration-snippet',
  'limit-connections',
  'limit-rpm',
  'limit-rps',
  'secure-backends',
  'secure-verify-ca-secret',
  'server-snippet',
  'whitelist-source-range',
];

const OTHERS = [
  'affinity',
  'app-root',
  'auth-response-headers',
  'auth-signin',
  'client-body-buffer-size',
  'default-backend',
  'enable-cors',
  'force-ssl-redirect',
  'from-to-www-redirect',
  'limit-rate',
  'limit-rate-after',
  'limit-whitelist',
  'permanent-redirect',
  'proxy-body-size',
  'proxy-buffer-size',
  'proxy-buffering',
  'proxy-connect-timeout',
  'proxy-cookie-domain',
  'proxy-cookie-path',
  'proxy-next-upstream',
  'proxy-read-timeout',
  'proxy-redirect-from',
  'proxy-redirect-to',
  'proxy-request-buffering',
  'proxy-send-timeout',
  'rewrite-target',
  'server-alias',
  'service-upstream',
  'session-cookie-hash',
  'session-cookie-name',
  'ssl-passthrough',
  'ssl-redirect',
  'temporal-redirect',
  'upstream-hash-by',
  'upstream-vhost',
  'use-port-in-redirects',
];

const reads: Readonly<Record<string, AnnotationRead<string>>> = Object.fromEntries(
  [...PROTECTING, ...OTHERS].map((name) => [name, at(`${OLD_PREFIX}${name}`, text)]),
);

export const oldPrefix = defineRule({
  id: 'nginx/old-prefix',
  title: 'Annotations with the prefix of before 0.9',
  docs: manual(),
  scope: 'location',
  becomes: 'inert',
  reads,
  findings: find,
  convert({ read, ingress }) {
    const ends = Object.entries(read).flatMap(([name, value]) =>
      entryOf(value).map((entry) => {
        // With the new name beside it, the old one has been replaced already.
        const protects = PROTECTING.includes(name) && beside(ingress, name) === null;
        const args = { annotation: entry.name, now: `${PREFIX}${name}` };
        return { entry, protects, finding: find[protects ? 'protects-nothing' : 'inert'](args, placeOf(entry)) };
      }),
    );
    return {
      settled: ends.flatMap(({ entry, finding }) => inert([entry], finding)),
      findings: ends.flatMap(({ protects, finding }) => (protects ? [finding] : [])),
    };
  },
});
