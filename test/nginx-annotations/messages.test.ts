import { describe, expect, it, test } from 'vitest';
import { annotated, configMap } from './annotated.ts';

const controller = (data: Readonly<Record<string, string>>) => configMap('ingress-nginx/ingress-nginx-controller', data);

describe('mirroring', () => {
  const inCluster = 'http://mirror.shop.svc.cluster.local:8080$request_uri';

  it('goes to a Service of the cluster', () => {
    expect(annotated({ 'mirror-target': inCluster, 'mirror-host': 'm.test', 'mirror-request-body': 'off' }).intents).toEqual([
      {
        kind: 'mirror',
        url: inCluster,
        service: { namespace: 'shop', name: 'mirror', port: 8080 },
        host: 'm.test',
        requestBody: false,
        entries: ['mirror-target', 'mirror-host', 'mirror-request-body'],
      },
    ]);
  });

  test.each([
    ['https://mirror.shop.svc$request_uri', 'mirror.shop.svc'],
    ['http://mirror.test$request_uri', 'mirror.test'],
    ['http://mirror.shop.svc/x$request_uri', 'mirror.shop.svc'],
  ])('%s is no Service that a filter can name', (url, host) => {
    expect(annotated({ 'mirror-target': url }).intents).toMatchObject([{ kind: 'mirror', service: null, host }]);
  });

  it('takes the short name of a Service that is in the input', () => {
    const service = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'mirror', namespace: 'shop' },
      spec: { ports: [{ port: 80 }] },
    });
    expect(annotated({ 'mirror-target': 'http://mirror.shop$request_uri' }, service).intents).toMatchObject([{ service: { port: 80 } }]);
  });

  test.each([
    [{ 'mirror-target': 'mirror' }, { 'mirror-target': 'inert nginx/mirror/no-target' }, ['nginx/mirror/no-target']],
    [{ 'mirror-target': 'http://m.test/{x} y' }, { 'mirror-target': 'inert nginx/mirror/no-target' }, ['nginx/mirror/no-target']],
    [{ 'mirror-target': 'http://m.test/x' }, { 'mirror-target': 'unmapped nginx/mirror/other-uri' }, []],
    [{ 'mirror-host': 'm.test' }, { 'mirror-host': 'inert nginx/value/without-partner' }, []],
  ])('%o mirrors nothing that a gateway could', (annotations, ends, codes) => {
    expect(annotated(annotations)).toMatchObject({ intents: [], ends, codes });
  });
});

describe('response headers of a ConfigMap', () => {
  const annotations = { 'custom-headers': 'shop/headers' };
  const headers = configMap('shop/headers', { 'X-Frame-Options': 'DENY' });

  it('are set', () => {
    expect(annotated(annotations, headers).intents).toEqual([
      { kind: 'responseHeaders', set: [{ name: 'X-Frame-Options', value: 'DENY' }], add: [], remove: [], entries: ['custom-headers'] },
    ]);
  });

  it('fail closed where the controller does not allow them', () => {
    expect(annotated(annotations, headers, controller({ 'global-allowed-response-headers': 'X-Other' })).intents).toMatchObject([
      { kind: 'rawAccessControl' },
    ]);
    expect(
      annotated(annotations, headers, controller({ 'global-allowed-response-headers': 'X-Other, X-Frame-Options' })).intents,
    ).toMatchObject([{ kind: 'responseHeaders' }]);
    expect(annotated(annotations, configMap('shop/headers', { 'X.A': 'b' })).intents).toMatchObject([{ kind: 'rawAccessControl' }]);
    expect(annotated({ 'custom-headers': 'headers' }).intents).toMatchObject([{ kind: 'rawAccessControl' }]);
  });

  it('are left to a person where the ConfigMap is not in the input', () => {
    expect(annotated(annotations).ends).toEqual({ 'custom-headers': 'manual nginx/custom-headers/map-not-in-input' });
    expect(annotated({ 'custom-headers': 'a{b' }).ends).toEqual({ 'custom-headers': 'inert nginx/value/invalid' });
  });
});

describe('error pages', () => {
  test.each([
    [{ 'custom-http-errors': '404, 503,404' }, [{ kind: 'customErrors', statuses: [404, 503], service: null }], {}],
    [
      { 'custom-http-errors': '404', 'disable-proxy-intercept-errors': 'nope' },
      [{ statuses: [404] }],
      { 'disable-proxy-intercept-errors': 'inert nginx/value/invalid' },
    ],
    [
      { 'custom-http-errors': '404', 'disable-proxy-intercept-errors': 'true' },
      [],
      {
        'custom-http-errors': 'unmapped nginx/custom-http-errors/own-errors-only',
        'disable-proxy-intercept-errors': 'unmapped nginx/custom-http-errors/own-errors-only',
      },
    ],
    [{ 'disable-proxy-intercept-errors': 'true' }, [], { 'disable-proxy-intercept-errors': 'inert nginx/value/without-partner' }],
  ])('%o', (annotations, intents, ends) => expect(annotated(annotations)).toMatchObject({ intents, ends }));

  test.each(['302', '404;503', '4xx', '600'])('"%s" drops the Ingress', (value) => {
    expect(annotated({ 'custom-http-errors': value }).refused).toBe('nginx/value/refused');
  });
});

describe('ModSecurity', () => {
  test.each([
    [{ 'enable-modsecurity': 'true' }, [{ kind: 'waf', mode: 'detection', rules: '' }], {}],
    [
      {
        'enable-modsecurity': 'true',
        'enable-owasp-core-rules': 'true',
        'modsecurity-snippet': 'SecRuleEngine On\n',
        'modsecurity-transaction-id': '$request_id',
      },
      [{ kind: 'waf', mode: 'blocking', rules: 'OWASP core rules\nSecRuleEngine On' }],
      {},
    ],
    [
      { 'enable-modsecurity': 'true', 'modsecurity-snippet': 'SecRuleEngine Off' },
      [],
      { 'enable-modsecurity': 'inert nginx/waf/engine-off', 'modsecurity-snippet': 'inert nginx/waf/engine-off' },
    ],
    [
      { 'enable-modsecurity': 'false', 'enable-owasp-core-rules': 'true' },
      [],
      { 'enable-modsecurity': 'inert nginx/value/default', 'enable-owasp-core-rules': 'inert nginx/waf/off' },
    ],
    [
      { 'enable-modsecurity': 'on', 'modsecurity-snippet': 'SecRuleEngine On' },
      [],
      { 'enable-modsecurity': 'inert nginx/value/invalid', 'modsecurity-snippet': 'manual nginx/waf/not-known-to-be-on' },
    ],
    [{ 'enable-owasp-core-rules': 'true' }, [], { 'enable-owasp-core-rules': 'manual nginx/waf/not-known-to-be-on' }],
  ])('%o', (annotations, intents, ends) => expect(annotated(annotations)).toMatchObject({ intents, ends }));

  it('is known to be on from the ConfigMap', () => {
    const on = controller({ 'enable-modsecurity': 'true' });
    expect(annotated({ 'modsecurity-snippet': 'SecRuleEngine On' }, on).intents).toMatchObject([{ kind: 'waf', mode: 'blocking' }]);
    expect(annotated({ 'enable-modsecurity': 'false' }, on).ends).toEqual({ 'enable-modsecurity': 'inert nginx/waf/opted-out' });
  });
});

describe('observability and TLS', () => {
  test.each([
    [
      { 'enable-opentelemetry': 'true', 'opentelemetry-operation-name': 'shop', 'opentelemetry-trust-incoming-span': 'false' },
      [{ kind: 'tracing', enabled: true, parameters: { trustIncomingSpan: 'false', operationName: 'shop' } }],
      {},
    ],
    [
      { 'enable-opentelemetry': 'false', 'opentelemetry-operation-name': 'a b' },
      [],
      { 'enable-opentelemetry': 'inert nginx/value/default', 'opentelemetry-operation-name': 'inert nginx/value/without-partner' },
    ],
    [{ 'enable-access-log': 'false' }, [{ kind: 'accessLog', enabled: false }], {}],
    [{ 'enable-access-log': 'true' }, [], { 'enable-access-log': 'inert nginx/enable-access-log/default' }],
    [{ 'enable-access-log': 'off' }, [], { 'enable-access-log': 'inert nginx/enable-access-log/invalid' }],
    [{ 'enable-rewrite-log': 'true' }, [], { 'enable-rewrite-log': 'inert nginx/enable-rewrite-log/inert' }],
    [{ 'http2-push-preload': 'true' }, [], { 'http2-push-preload': 'inert nginx/http2-push-preload/inert' }],
  ])('%o', (annotations, intents, ends) => expect(annotated(annotations)).toMatchObject({ intents, ends }));

  it('is known from the ConfigMap', () => {
    const on = controller({ 'enable-opentelemetry': 'true' });
    expect(annotated({ 'enable-opentelemetry': 'false' }, on).intents).toEqual([]);
    expect(annotated({}, on).intents).toMatchObject([{ kind: 'tracing', enabled: true }]);
  });

  it('TLS settings hold for the host', () => {
    const { hostIntents } = annotated({ 'ssl-ciphers': 'HIGH:!aNULL:@STRENGTH', 'ssl-prefer-server-ciphers': 'true' });
    expect(hostIntents).toMatchObject([{ kind: 'tlsPolicy', ciphers: 'HIGH:!aNULL:@STRENGTH', preferServerCiphers: true }]);
    expect(annotated({ 'ssl-prefer-server-ciphers': 'on' })).toMatchObject({ hostIntents: [], codes: ['nginx/value/invalid'] });
  });

  test.each([
    [{ 'ssl-ciphers': 'HIGH@LOW' }, 'nginx/value/refused'],
    [{ 'enable-opentelemetry': 'true', 'opentelemetry-operation-name': 'a b;' }, 'nginx/value/refused'],
    [{ 'http2-push-preload': 'on' }, 'nginx/http2-push-preload/refused'],
    [{ 'connection-proxy-header': 'upgrade' }, 'nginx/connection-proxy-header/refused'],
    [{ 'fastcgi-index': 'a/b.php' }, 'nginx/value/refused'],
  ])('%o drops the Ingress', (annotations, code) => expect(annotated(annotations).refused).toBe(code));
});

describe('what gateways leave alone', () => {
  test.each([
    [
      { 'proxy-redirect-from': 'http://a.test/', 'proxy-redirect-to': '/' },
      {
        'proxy-redirect-from': 'unmapped nginx/response-rewriting/location',
        'proxy-redirect-to': 'unmapped nginx/response-rewriting/location',
      },
    ],
    [{ 'proxy-redirect-from': 'http://a.test/' }, { 'proxy-redirect-from': 'inert nginx/value/without-partner' }],
    [
      { 'proxy-redirect-from': 'off', 'proxy-redirect-to': '/' },
      { 'proxy-redirect-from': 'inert nginx/value/default', 'proxy-redirect-to': 'inert nginx/value/without-partner' },
    ],
    [{ 'proxy-redirect-from': 'default' }, { 'proxy-redirect-from': 'inert nginx/response-rewriting/nginx-names' }],
    [{ 'proxy-cookie-domain': 'a.test b.test' }, { 'proxy-cookie-domain': 'unmapped nginx/response-rewriting/cookie-domain' }],
    [{ 'proxy-cookie-domain': 'a.test' }, { 'proxy-cookie-domain': 'inert nginx/value/invalid' }],
    [{ 'proxy-cookie-path': '/a /' }, { 'proxy-cookie-path': 'unmapped nginx/response-rewriting/cookie-path' }],
    [{ 'proxy-cookie-path': 'off' }, { 'proxy-cookie-path': 'inert nginx/value/default' }],
    [{ 'proxy-http-version': '1.0' }, { 'proxy-http-version': 'unmapped nginx/proxy-http-version/lost' }],
    [{ 'proxy-http-version': '1.1' }, { 'proxy-http-version': 'inert nginx/proxy-http-version/default' }],
    [{ 'proxy-http-version': '2' }, { 'proxy-http-version': 'inert nginx/proxy-http-version/invalid' }],
    [{ 'connection-proxy-header': 'close' }, { 'connection-proxy-header': 'unmapped nginx/connection-proxy-header/lost' }],
    [{ 'fastcgi-index': 'index.php' }, { 'fastcgi-index': 'inert nginx/value/without-partner' }],
  ])('%o', (annotations, ends) => expect(annotated(annotations)).toMatchObject({ intents: [], ends }));
});
