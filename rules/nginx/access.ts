import type { Intent, SecretName } from '../../src/intent/intent.ts';
import { defineFindings, type NoArgs } from '../../src/ledger/finding.ts';
import type { Entry } from '../../src/model/entry.ts';
import { commaList, entryOf, goBool, goInt, oneOf, text, valueOr } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX, refusal, withoutPartner } from './annotation.ts';
import { endAs, inert, placeOf } from './settlement.ts';

const find = defineFindings('nginx/access', {
  'fails-open': {
    level: 'error',
    message: (a: { name: string; value: string }) =>
      `${a.name} "${a.value}" is invalid, and with it the controller switches external authentication off: these paths are open today`,
    help: () => 'They were converted as what they are, open. Decide whether they should be.',
    security: true,
  },
  'protects-nothing': {
    level: 'warning',
    message: (a: { name: string; partner: string }) => `${a.name} protects nothing without ${a.partner}: these paths are open today`,
    security: true,
  },
  'lesser-list': { level: 'note', message: (_: NoArgs) => 'allowlist-source-range beats whitelist-source-range' },
});

/** `name` or `namespace/name`; names without namespace are of the Ingress's own. */
export function secretName(value: string, namespace: string): SecretName | null {
  const parts = value.split('/');
  if (parts.length > 2 || parts.some((part) => !/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(part))) return null;
  const [first = '', second] = parts;
  return second === undefined ? { namespace, name: first } : { namespace: first, name: second };
}

/** What answers 503 today because of a broken value stays closed: it is a protection like any other. */
function failsClosed(entry: Entry, reason: string, entries: readonly Entry[]): Intent {
  return {
    kind: 'rawAccessControl',
    language: 'ingress-nginx',
    restricts: `every request is answered with 503 today: ${entry.name} ${reason}`,
    entries,
  };
}

export const basicAuth = defineRule({
  id: 'nginx/basic-auth',
  title: 'Basic and digest authentication',
  docs: manual('authentication'),
  scope: 'location',
  becomes: 'basicAuth',
  reads: {
    type: at(`${PREFIX}auth-type`, {
      name: 'basic|digest',
      parse: (value) =>
        /basic|digest/.test(value)
          ? { ok: true, value: value === 'basic' ? ('basic' as const) : ('digest' as const) }
          : { ok: false, reason: 'neither basic nor digest' },
    }),
    secret: at(`${PREFIX}auth-secret`, text),
    secretType: at(`${PREFIX}auth-secret-type`, oneOf('auth-file', 'auth-map')),
    realm: at(`${PREFIX}auth-realm`, {
      name: 'realm',
      parse: (value) =>
        /^[-._~/: A-Za-z0-9]*$/.test(value)
          ? { ok: true, value }
          : { ok: false, reason: 'which has other characters than letters, digits, blanks and - . _ ~ / :' },
    }),
  },
  findings: find,
  convert({ read, ingress }) {
    const refused = refusal(read.type, read.secretType, read.realm);
    if (refused !== null) return { refused };
    const entries = [read.type, read.secret, read.secretType, read.realm].flatMap(entryOf);
    if (read.type.state !== 'valid') {
      return {
        settled: entries.flatMap((entry) =>
          inert([entry], find['protects-nothing']({ name: entry.name, partner: 'auth-type' }, placeOf(entry))),
        ),
      };
    }
    const secret = read.secret.state === 'valid' ? secretName(read.secret.value, ingress.ref.namespace) : null;
    return {
      intents: [
        {
          kind: 'basicAuth',
          scheme: read.type.value,
          secret,
          form: valueOr(read.secretType, 'auth-file') === 'auth-map' ? 'user-per-key' : 'htpasswd-file',
          realm: valueOr(read.realm, ''),
          entries,
        },
      ],
    };
  },
});

const METHODS = oneOf('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE');

export const externalAuth = defineRule({
  id: 'nginx/external-auth',
  title: 'Authentication by another service',
  docs: manual('external-authentication'),
  scope: 'location',
  becomes: 'externalAuth',
  reads: {
    url: at(`${PREFIX}auth-url`, text),
    method: at(`${PREFIX}auth-method`, METHODS),
    signIn: at(`${PREFIX}auth-signin`, text),
    signInParam: at(`${PREFIX}auth-signin-redirect-param`, text),
    responseHeaders: at(`${PREFIX}auth-response-headers`, commaList),
    setHeaders: at(`${PREFIX}auth-proxy-set-headers`, text),
    requestRedirect: at(`${PREFIX}auth-request-redirect`, {
      name: 'redirect',
      parse: (value) => (/^[-._~A-Za-z0-9/:$?&=%]*$/.test(value) ? { ok: true, value } : { ok: false, reason: 'invalid' }),
    }),
    setCookie: at(`${PREFIX}auth-always-set-cookie`, goBool),
    snippet: at(`${PREFIX}auth-snippet`, text),
    cacheKey: at(`${PREFIX}auth-cache-key`, text),
    cacheDuration: at(`${PREFIX}auth-cache-duration`, {
      name: 'durations',
      parse: (value) => (/^[A-Za-z0-9, ]*$/.test(value) ? { ok: true, value } : { ok: false, reason: 'invalid' }),
    }),
    keepalive: at(`${PREFIX}auth-keepalive`, goInt),
    keepaliveShare: at(`${PREFIX}auth-keepalive-share-vars`, goBool),
    keepaliveRequests: at(`${PREFIX}auth-keepalive-requests`, goInt),
    keepaliveTimeout: at(`${PREFIX}auth-keepalive-timeout`, goInt),
    globalAuth: at(`${PREFIX}enable-global-auth`, goBool),
  },
  findings: find,
  convert({ read }) {
    const { globalAuth, ...group } = read;
    const own = Object.values(group).flatMap(entryOf);
    const global = withoutPartner(globalAuth, "a global-auth-url in the controller's ConfigMap");
    if (read.url.state !== 'valid') {
      return {
        settled: [
          ...global,
          ...own.flatMap((entry) => inert([entry], find['protects-nothing']({ name: entry.name, partner: 'auth-url' }, placeOf(entry)))),
        ],
      };
    }
    const open = [read.requestRedirect, read.setCookie, read.cacheDuration].find((each) => each.state === 'invalid');
    if (open !== undefined && open.state === 'invalid') {
      const finding = find['fails-open']({ name: open.entry.name, value: open.entry.value }, placeOf(open.entry));
      return { settled: [...global, ...inert(own, finding)], findings: [finding] };
    }
    if (read.method.state === 'invalid') return { settled: global, intents: [failsClosed(read.method.entry, read.method.reason, own)] };
    if (!/^(https?|\$scheme):\/\/[^/]+/.test(read.url.value))
      return { settled: global, intents: [failsClosed(read.url.entry, 'is no absolute URL', own)] };
    return {
      settled: global,
      intents: [
        {
          kind: 'externalAuth',
          url: read.url.value,
          method: valueOr(read.method, null),
          signInUrl: valueOr(read.signIn, null),
          signInReturnParam: valueOr(read.signInParam, 'rd'),
          responseHeaders: valueOr(read.responseHeaders, []),
          requestHeaders: [],
          cache:
            read.cacheKey.state === 'valid' ? { key: read.cacheKey.value, durations: valueOr(read.cacheDuration, '200 202 401 5m') } : null,
          entries: own,
        },
      ],
    };
  },
});

const VERIFY = { on: 'required', off: 'off', optional: 'optional', optional_no_ca: 'optional-any-ca' } as const;

export const clientCertificate = defineRule({
  id: 'nginx/client-certificate',
  title: 'Client certificates',
  docs: manual('client-certificate-authentication'),
  scope: 'host',
  becomes: 'clientCertificate',
  reads: {
    secret: at(`${PREFIX}auth-tls-secret`, text),
    verify: at(`${PREFIX}auth-tls-verify-client`, oneOf('on', 'off', 'optional', 'optional_no_ca')),
    depth: at(`${PREFIX}auth-tls-verify-depth`, goInt),
    errorPage: at(`${PREFIX}auth-tls-error-page`, text),
    pass: at(`${PREFIX}auth-tls-pass-certificate-to-upstream`, goBool),
    cn: at(`${PREFIX}auth-tls-match-cn`, text),
  },
  findings: find,
  convert({ read, ingress }) {
    const refused = refusal(read.pass);
    if (refused !== null) return { refused };
    const entries = Object.values(read).flatMap(entryOf);
    if (read.secret.state !== 'valid') {
      return {
        settled: entries.flatMap((entry) =>
          inert([entry], find['protects-nothing']({ name: entry.name, partner: 'auth-tls-secret' }, placeOf(entry))),
        ),
      };
    }
    const secret = secretName(read.secret.value, ingress.ref.namespace);
    if (secret === null) return { hostIntents: [failsClosed(read.secret.entry, 'names no Secret', entries)] };
    return {
      hostIntents: [
        {
          kind: 'clientCertificate',
          secret,
          verify: VERIFY[valueOr(read.verify, 'on')],
          depth: valueOr(read.depth, 1),
          errorPage: valueOr(read.errorPage, null),
          passToBackend: valueOr(read.pass, false),
          matchCommonName: valueOr(read.cn, null),
          entries,
        },
      ],
    };
  },
});

const CIDR = /^([0-9]{1,3}(\.[0-9]{1,3}){3}(\/[0-9]{1,2})?|[0-9a-fA-F:]*:[0-9a-fA-F:.]*(\/[0-9]{1,3})?)$/;

export const sourceRange = defineRule({
  id: 'nginx/source-range',
  title: 'Lists of allowed and denied client addresses',
  docs: manual('whitelist-source-range'),
  scope: 'location',
  becomes: 'allowList, denyList',
  reads: {
    allow: at(`${PREFIX}allowlist-source-range`, commaList),
    white: at(`${PREFIX}whitelist-source-range`, commaList),
    deny: at(`${PREFIX}denylist-source-range`, commaList),
  },
  findings: find,
  convert({ read }) {
    const intents: Intent[] = [];
    const allow = read.allow.state === 'valid' ? read.allow : read.white;
    const add = (list: typeof allow, kind: 'allowList' | 'denyList') => {
      if (list.state !== 'valid') return;
      const bad = list.value.find((range) => !CIDR.test(range));
      intents.push(
        bad === undefined
          ? { kind, ranges: list.value, entries: [list.entry] }
          : failsClosed(list.entry, `holds "${bad}", which is no address`, [list.entry]),
      );
    };
    add(allow, 'allowList');
    add(read.deny, 'denyList');
    const lesser =
      read.allow.state === 'valid' && read.white.state === 'valid'
        ? endAs('inert', [read.white.entry], find['lesser-list']({}, placeOf(read.white.entry)))
        : [];
    return { intents, settled: lesser };
  },
});
