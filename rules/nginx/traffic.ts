import type { ServicePortName } from '../../src/intent/intent.ts';
import { defineFindings } from '../../src/ledger/finding.ts';
import { commaList, entryOf, goBool, goInt, oneOf, text, valueOr } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { asDefault, manual, PREFIX, replaced, withoutPartner } from './annotation.ts';

const none = defineFindings('nginx/traffic', {});

/** On by default: connection errors and timeouts, 3 tries, never POST, LOCK or PATCH. */
export const retries = defineRule({
  id: 'nginx/retries',
  title: 'Retries on another endpoint',
  docs: manual('custom-timeouts'),
  scope: 'location',
  becomes: 'retry',
  reads: {
    on: at(`${PREFIX}proxy-next-upstream`, text),
    timeout: at(`${PREFIX}proxy-next-upstream-timeout`, goInt),
    tries: at(`${PREFIX}proxy-next-upstream-tries`, goInt),
  },
  findings: none,
  convert({ read }) {
    const bad = [...replaced(read.timeout, '0'), ...replaced(read.tries, '3')];
    const entries = [read.on, read.timeout, read.tries].flatMap((each) => (each.state === 'valid' ? [each.entry] : []));
    if (entries.length === 0) return { settled: bad };
    const on = valueOr(read.on, 'error timeout').split(/\s+/);
    const codes = on.flatMap((word) => /^http_(\d{3})$/.exec(word)?.[1] ?? []);
    return {
      settled: bad,
      intents: [
        {
          kind: 'retry',
          on: on.includes('off') ? [] : codes,
          tries: on.includes('off') ? 1 : Math.max(0, valueOr(read.tries, 3)),
          totalMs: Math.max(0, valueOr(read.timeout, 0)) * 1000,
          entries,
        },
      ],
    };
  },
});

export const mirror = defineRule({
  id: 'nginx/mirror',
  title: 'Mirroring of requests',
  docs: manual('mirror'),
  scope: 'ingress',
  becomes: 'mirror',
  reads: {
    target: at(`${PREFIX}mirror-target`, text),
    host: at(`${PREFIX}mirror-host`, text),
    body: at(`${PREFIX}mirror-request-body`, oneOf('on', 'off')),
  },
  findings: none,
  convert({ read }) {
    if (read.target.state !== 'valid') return { settled: [read.host, read.body].flatMap((each) => withoutPartner(each, 'mirror-target')) };
    const entries = Object.values(read).flatMap(entryOf);
    return {
      intents: [
        {
          kind: 'mirror',
          url: read.target.value,
          service: clusterService(read.target.value),
          host: valueOr(read.host, null),
          requestBody: valueOr(read.body, 'on') === 'on',
          entries,
        },
      ],
    };
  },
});

/** `http://name.namespace.svc…[:port]$request_uri`: a Service of the cluster. */
function clusterService(url: string): ServicePortName | null {
  const [, name, namespace, port] =
    /^http:\/\/([a-z0-9-]+)\.([a-z0-9-]+)\.svc(?:\.cluster\.local)?(?::(\d+))?\$request_uri$/.exec(url) ?? [];
  return name === undefined || namespace === undefined ? null : { namespace, name, port: port === undefined ? 80 : Number(port) };
}

export const hashing = defineRule({
  id: 'nginx/upstream-hash-by',
  title: 'Load balancing',
  docs: manual('custom-nginx-load-balancing'),
  scope: 'upstream',
  becomes: 'hashing, loadBalancing',
  reads: {
    key: at(`${PREFIX}upstream-hash-by`, text),
    subset: at(`${PREFIX}upstream-hash-by-subset`, goBool),
    size: at(`${PREFIX}upstream-hash-by-subset-size`, goInt),
    algorithm: at(`${PREFIX}load-balance`, oneOf('round_robin', 'ewma')),
  },
  findings: none,
  convert({ read }) {
    const algorithm =
      read.algorithm.state === 'valid' && read.algorithm.value === 'ewma'
        ? [{ kind: 'loadBalancing' as const, algorithm: 'ewma' as const, entries: [read.algorithm.entry] }]
        : [];
    const plain = algorithm.length > 0 ? [] : [...asDefault(read.algorithm), ...replaced(read.algorithm, 'round_robin')];
    if (read.key.state !== 'valid')
      return {
        intents: algorithm,
        settled: [...plain, ...[read.subset, read.size].flatMap((each) => withoutPartner(each, 'upstream-hash-by'))],
      };
    const entries = [read.key, read.subset, read.size].flatMap(entryOf);
    return {
      settled: plain,
      intents: [
        ...algorithm,
        { kind: 'hashing', key: read.key.value, subsetSize: valueOr(read.subset, false) ? valueOr(read.size, 3) : null, entries },
      ],
    };
  },
});

export const customErrors = defineRule({
  id: 'nginx/custom-http-errors',
  title: 'Error pages from another service',
  docs: manual('custom-http-errors'),
  scope: 'location',
  becomes: 'customErrors',
  reads: { codes: at(`${PREFIX}custom-http-errors`, commaList), intercept: at(`${PREFIX}disable-proxy-intercept-errors`, goBool) },
  findings: none,
  convert({ read }) {
    const settled = withoutPartner(read.intercept, 'a controller that intercepts errors');
    if (read.codes.state !== 'valid') return { settled };
    return {
      settled,
      intents: [
        {
          kind: 'customErrors',
          statuses: read.codes.value.map(Number).filter(Number.isInteger),
          service: null,
          entries: [read.codes.entry],
        },
      ],
    };
  },
});

export const waf = defineRule({
  id: 'nginx/modsecurity',
  title: 'ModSecurity',
  docs: manual('modsecurity'),
  scope: 'location',
  becomes: 'waf',
  reads: {
    on: at(`${PREFIX}enable-modsecurity`, goBool),
    owasp: at(`${PREFIX}enable-owasp-core-rules`, goBool),
    id: at(`${PREFIX}modsecurity-transaction-id`, text),
  },
  findings: none,
  convert({ read }) {
    if (!valueOr(read.on, false))
      return {
        settled: [
          ...asDefault(read.on),
          ...replaced(read.on, 'false'),
          ...[read.owasp, read.id].flatMap((each) => withoutPartner(each, 'enable-modsecurity: "true"')),
        ],
      };
    return {
      intents: [
        {
          kind: 'waf',
          engine: 'ModSecurity',
          mode: 'on',
          rules: valueOr(read.owasp, false) ? 'OWASP core rules' : '',
          entries: Object.values(read).flatMap(entryOf),
        },
      ],
    };
  },
});
