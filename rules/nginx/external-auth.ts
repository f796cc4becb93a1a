import type { Entry } from '../../src/model/entry.ts';
import { commaList, entryOf, goBool, goInt, type Read, valueOr } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { asDefault, manual, PREFIX, refusal, replaced, valueFindings, warningsOf, withoutPartner } from './annotation.ts';
import { dropsSnippets } from './controller/admission.ts';
import { externalAuthFindings as find } from './external-auth-findings.ts';
import { requestHeadersOf } from './external-auth-headers.ts';
import { isCacheDuration, urlProblem } from './external-auth-url.ts';
import { failsClosed, referenceFindings } from './references.ts';
import { endAs, inert, placeOf } from './settlement.ts';
import { authHeadersOf } from './snippet/auth-request.ts';
import { basicText, matching, option, plainUrl, variables, variableUrl } from './value-codecs.ts';

const durations = matching(
  'cache durations',
  /^[-._~A-Za-z0-9/:, ]*$/,
  'which has characters other than letters, digits, blanks and - . _ ~ / : ,',
  'count',
);
const headerNames = matching('header names', /^[-A-Za-z0-9_, ]*$/, 'which has characters other than letters, digits and - _ ,', 'count');

export const externalAuth = defineRule({
  id: 'nginx/external-auth',
  title: 'Authentication by another service',
  docs: manual('external-authentication'),
  scope: 'location',
  becomes: 'externalAuth',
  reads: {
    url: at(`${PREFIX}auth-url`, variableUrl),
    method: at(`${PREFIX}auth-method`, option('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE')),
    signIn: at(`${PREFIX}auth-signin`, variableUrl),
    signInParam: at(`${PREFIX}auth-signin-redirect-param`, plainUrl),
    responseHeaders: at(`${PREFIX}auth-response-headers`, headerNames),
    setHeaders: at(`${PREFIX}auth-proxy-set-headers`, basicText),
    requestRedirect: at(`${PREFIX}auth-request-redirect`, plainUrl),
    alwaysCookie: at(`${PREFIX}auth-always-set-cookie`, goBool),
    cacheKey: at(`${PREFIX}auth-cache-key`, variables),
    cacheDuration: at(`${PREFIX}auth-cache-duration`, durations),
    keepalive: at(`${PREFIX}auth-keepalive`, goInt),
    keepaliveShare: at(`${PREFIX}auth-keepalive-share-vars`, goBool),
    keepaliveRequests: at(`${PREFIX}auth-keepalive-requests`, goInt),
    keepaliveTimeout: at(`${PREFIX}auth-keepalive-timeout`, goInt),
  },
  findings: { ...find, ...referenceFindings, ...valueFindings },
  convert({ read, ingress, estate, options }) {
    const { keepalive, keepaliveShare, keepaliveRequests, keepaliveTimeout, ...group } = read;
    const own = Object.values(group).flatMap(entryOf);
    const snippet = read.url.state === 'absent' ? { headers: [], entries: [] } : authHeadersOf(ingress, dropsSnippets(estate, options));
    const aside = [keepalive, keepaliveShare, keepaliveRequests, keepaliveTimeout].flatMap((each) =>
      entryOf(each).flatMap((entry) => inert([entry], find.keepalive({ annotation: entry.name }, placeOf(entry)))),
    );
    if (read.url.state === 'absent') {
      const settled = own.flatMap((entry) => inert([entry], find['without-url']({ annotation: entry.name }, placeOf(entry))));
      return { settled: [...aside, ...settled], findings: [...warningsOf(aside), ...warningsOf(settled).slice(0, 1)] };
    }
    if (read.url.state === 'invalid') return { refused: refusal(read.url) };

    // In the order of the controller's parser: the first broken value decides whether it fails open or closed.
    const problem = urlProblem(read.url.value);
    if (problem !== null) return closed(read.url.entry, `is "${read.url.entry.value}", which ${problem}`);
    if (read.method.state === 'invalid') return closed(read.method.entry, `is "${read.method.entry.value}", ${read.method.reason}`);
    if (read.cacheDuration.state === 'invalid') return open(read.cacheDuration);
    const durationItems = read.cacheDuration.state === 'valid' ? itemsOf(read.cacheDuration.value) : [];
    if (read.cacheDuration.state === 'valid' && !durationItems.every(isCacheDuration))
      return closed(read.cacheDuration.entry, `is "${read.cacheDuration.entry.value}", which is no list of status codes and times`);
    const headers = valueOr(read.responseHeaders, '')
      .split(',')
      .map((name) => name.trim());
    if (read.responseHeaders.state === 'invalid' || headers.some((name) => name !== '' && !/^[-A-Za-z0-9_]+$/.test(name)))
      return closed(entryOf(read.responseHeaders)[0] ?? read.url.entry, 'is no list of header names');
    const set = requestHeadersOf(read.setHeaders, estate, ingress.ref.namespace);
    if (set.broken !== null) return closed(set.broken.entry, set.broken.why);
    if (read.requestRedirect.state === 'invalid') return open(read.requestRedirect);
    if (read.alwaysCookie.state === 'invalid') return open(read.alwaysCookie);

    const isSignedIn = read.signIn.state === 'valid';
    const isCached = read.cacheKey.state === 'valid';
    const cookie = valueOr(read.alwaysCookie, false)
      ? endAs('unmapped', entryOf(read.alwaysCookie), find['always-cookie']({}, placeOf(read.url.entry)))
      : asDefault(read.alwaysCookie);
    const settled = [
      ...aside,
      ...cookie,
      ...set.settled,
      ...replaced(read.signIn, 'absent, so that a browser gets a bare 401'),
      ...(isSignedIn ? replaced(read.signInParam, 'rd') : withoutPartner(read.signInParam, 'auth-signin')),
      ...replaced(read.cacheKey, 'absent'),
      ...(isCached ? [] : withoutPartner(read.cacheDuration, 'auth-cache-key')),
    ];
    const redirect = valueOr(read.requestRedirect, null);
    const valid = (...reads: readonly Read<unknown>[]) => reads.flatMap((each) => (each.state === 'valid' ? [each.entry] : []));
    return {
      settled,
      findings: [...warningsOf(settled), ...set.findings],
      intents: [
        {
          kind: 'externalAuth',
          url: read.url.value,
          method: valueOr(read.method, null),
          signInUrl: valueOr(read.signIn, null),
          signInReturnParam: isSignedIn ? valueOr(read.signInParam, 'rd') : 'rd',
          responseHeaders: itemsOf(headers.join(',')),
          requestHeaders: [
            ...set.headers,
            ...snippet.headers,
            ...(redirect === null ? [] : [{ name: 'X-Auth-Request-Redirect', value: redirect }]),
          ],
          cache: isCached
            ? { key: valueOr(read.cacheKey, ''), durations: durationItems.length === 0 ? '200 202 401 5m' : durationItems.join(', ') }
            : null,
          entries: [
            ...valid(read.url, read.method, read.signIn, read.responseHeaders, read.requestRedirect, read.cacheKey),
            ...set.entries,
            ...snippet.entries,
            ...(isSignedIn ? valid(read.signInParam) : []),
            ...(isCached ? valid(read.cacheDuration) : []),
          ],
        },
      ],
    };

    function closed(entry: Entry, why: string) {
      const { intent, finding } = failsClosed(503, entry, why, [...own, ...snippet.entries]);
      return { settled: aside, intents: [intent], findings: [...warningsOf(aside), finding] };
    }
    function open({ entry, reason }: { readonly entry: Entry; readonly reason: string }) {
      const args = { annotation: entry.name, value: entry.value, reason, url: valueOr(read.url, '') };
      const finding = find['fails-open'](args, placeOf(entry));
      // Older controllers, and those without annotation validation, do ask: which one serves this cannot be seen here.
      const intent = {
        kind: 'rawAccessControl',
        language: 'ingress-nginx',
        restricts: 'external authentication that 1.12 and newer switch off',
        entries: [...own, ...snippet.entries],
      } as const;
      return { settled: aside, intents: [intent], findings: [...warningsOf(aside), finding] };
    }
  },
});

function itemsOf(list: string): readonly string[] {
  const parsed = commaList.parse(list);
  return parsed.ok ? parsed.value : [];
}
