import { defineFindings } from '../../src/ledger/finding.ts';
import type { Entry } from '../../src/model/entry.ts';
import { commaList, type Codec, goBool, goInt, text, valueOr } from '../../src/rule/codec.ts';
import { defineRule } from '../../src/rule/rule.ts';
import { annotation, entriesOf, inert, place } from './prefix.ts';

const DOCS = 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/';

const find = defineFindings('nginx/upstream', {
  'unknown-protocol': { level: 'warning', message: (a: { value: string }) => `"${a.value}" is no backend protocol: the controller speaks HTTP` },
  'default-value': { level: 'note', message: (a: { name: string }) => `${a.name} has this value by default` },
  'vhost-variable': {
    level: 'warning',
    message: (a: { value: string }) => `the Host header "${a.value}" holds a variable, which has no portable form`,
    help: () => 'Write the name out, or let the backend accept the client\'s Host.',
    differs: ['headers'],
  },
  'service-upstream': {
    level: 'note',
    message: (a: { value: string }) => `service-upstream ${a.value}: implementations choose between endpoints and the cluster IP themselves`,
    help: () => 'Some have a switch for it; behind a service mesh it may matter.',
  },
  'no-cors': { level: 'note', message: (a: { name: string }) => `${a.name} has no effect without enable-cors` },
  'cors-invalid': { level: 'warning', message: (a: { name: string; value: string }) => `${a.name} "${a.value}" is not valid: the controller uses its default` },
  'prefix-alone': { level: 'note', message: (a: { name: string }) => `${a.name} acts only on paths that are rewritten` },
});

const protocol: Codec<'HTTP' | 'HTTPS' | 'GRPC' | 'GRPCS' | 'FCGI' | 'AUTO_HTTP'> = {
  name: 'backend protocol',
  parse(value) {
    const upper = value.trim().toUpperCase();
    const known = (['HTTP', 'HTTPS', 'GRPC', 'GRPCS', 'FCGI', 'AUTO_HTTP'] as const).find((each) => each === upper);
    return known === undefined ? { ok: false, reason: 'no protocol the controller knows' } : { ok: true, value: known };
  },
};

export const backendProtocol = defineRule({
  id: 'nginx/backend-protocol',
  title: 'Protocol spoken to the backend',
  docs: `${DOCS}#backend-protocol`,
  scope: 'location',
  becomes: 'backendProtocol',
  reads: { protocol: annotation('backend-protocol', protocol) },
  findings: find,
  convert({ read }) {
    if (read.protocol.state === 'absent') return {};
    const { entry } = read.protocol;
    if (read.protocol.state === 'invalid') return { settled: [inert(entry, find['unknown-protocol']({ value: entry.value }, place(entry)))] };
    if (read.protocol.value === 'HTTP') return { settled: [inert(entry, find['default-value']({ name: 'backend-protocol' }, place(entry)))] };
    return { intents: [{ kind: 'backendProtocol', protocol: read.protocol.value, entries: [entry] }] };
  },
});

export const upstreamVhost = defineRule({
  id: 'nginx/upstream-vhost',
  title: 'Host header sent to the backend',
  docs: `${DOCS}#custom-nginx-upstream-vhost`,
  scope: 'location',
  becomes: 'URLRewrite hostname',
  reads: { host: annotation('upstream-vhost', text) },
  findings: find,
  convert({ read: { host } }) {
    if (host.state !== 'valid') return {};
    if (!/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(host.value)) {
      return { settled: [{ entry: host.entry, outcome: 'unmapped', finding: find['vhost-variable']({ value: host.value }, place(host.entry)), wrote: [] }] };
    }
    return { intents: [{ kind: 'upstreamHost', host: host.value, entries: [host.entry] }] };
  },
});

export const serviceUpstream = defineRule({
  id: 'nginx/service-upstream',
  title: 'Cluster IP instead of endpoints',
  docs: `${DOCS}#service-upstream`,
  scope: 'upstream',
  becomes: 'serviceUpstream',
  reads: { on: annotation('service-upstream', goBool) },
  findings: find,
  convert({ read: { on } }) {
    if (on.state === 'absent') return {};
    if (!valueOr(on, false)) return { settled: [inert(on.entry, find['default-value']({ name: 'service-upstream' }, place(on.entry)))] };
    return { intents: [{ kind: 'serviceUpstream', entries: [on.entry] }] };
  },
});

export interface ForwardedPrefix {
  readonly value: string;
  readonly entry: Entry;
}

export const forwardedPrefix = defineRule({
  id: 'nginx/x-forwarded-prefix',
  title: 'X-Forwarded-Prefix on rewritten paths',
  docs: `${DOCS}#x-forwarded-prefix-header`,
  scope: 'location',
  becomes: 'requestHeaders',
  reads: { prefix: annotation('x-forwarded-prefix', text) },
  findings: find,
  convert({ read: { prefix } }) {
    if (prefix.state !== 'valid') return {};
    const setting: ForwardedPrefix = { value: prefix.value, entry: prefix.entry };
    return { setting, routed: [prefix.entry] };
  },
});

const CORS_METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS'];
const CORS_HEADERS = ['DNT', 'Keep-Alive', 'User-Agent', 'X-Requested-With', 'If-Modified-Since', 'Cache-Control', 'Content-Type', 'Range', 'Authorization'];

/** annotations/cors: defaults written out, since Gateway API's are others. */
export const cors = defineRule({
  id: 'nginx/cors',
  title: 'Cross-origin resource sharing',
  docs: `${DOCS}#enable-cors`,
  scope: 'location',
  becomes: 'cors',
  reads: {
    enable: annotation('enable-cors', goBool),
    origin: annotation('cors-allow-origin', commaList),
    methods: annotation('cors-allow-methods', commaList),
    headers: annotation('cors-allow-headers', commaList),
    expose: annotation('cors-expose-headers', commaList),
    credentials: annotation('cors-allow-credentials', goBool),
    maxAge: annotation('cors-max-age', goInt),
  },
  findings: find,
  convert({ read }) {
    const others = [read.origin, read.methods, read.headers, read.expose, read.credentials, read.maxAge];
    if (!valueOr(read.enable, false)) {
      return { settled: entriesOf(read.enable, ...others).map((entry) => inert(entry, find['no-cors']({ name: entry.name }, place(entry)))) };
    }
    const invalid = others.flatMap((each) => (each.state === 'invalid' ? [each.entry] : []));
    const valid = entriesOf(read.enable, ...others).filter((entry) => !invalid.includes(entry));
    const origins = valueOr(read.origin, []);
    return {
      settled: invalid.map((entry) => inert(entry, find['cors-invalid']({ name: entry.name, value: entry.value }, place(entry)))),
      intents: [
        {
          kind: 'cors',
          origins: origins.length === 0 ? ['*'] : origins,
          methods: valueOr(read.methods, CORS_METHODS),
          headers: valueOr(read.headers, CORS_HEADERS),
          exposeHeaders: valueOr(read.expose, []),
          credentials: valueOr(read.credentials, true),
          maxAgeSeconds: valueOr(read.maxAge, 1728000),
          entries: valid,
        },
      ],
    };
  },
});
