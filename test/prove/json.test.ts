import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convertManifests } from '../../src/index.ts';
import { DIFFERENCES, jsonVerification, requestsJson, toJsonVerification, verificationJson } from '../../src/prove/json.ts';
import { requestUrl } from '../../src/prove/request.ts';
import { readRequests, toJsonRequest } from '../../src/prove/request-json.ts';
import { verificationText } from '../../src/prove/text.ts';
import { verify } from '../../src/prove/verify.ts';
import { requestOf } from './requests.ts';

const TEXT = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: shop
spec:
  ingressClassName: nginx
  rules:
    - host: a.example.com
      http: { paths: [{ path: /x, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: canary
  namespace: shop
  annotations:
    nginx.ingress.kubernetes.io/canary: "true"
    nginx.ingress.kubernetes.io/canary-by-cookie: next
    nginx.ingress.kubernetes.io/canary-weight: "20"
spec:
  ingressClassName: nginx
  rules:
    - host: a.example.com
      http: { paths: [{ path: /x, pathType: Prefix, backend: { service: { name: next, port: { number: 80 } } } }] }
`;
const conversion = convertManifests([{ file: 'in.yaml', text: TEXT }], { gatewayClass: 'c' });
const objects = conversion.plan.objects.map(({ object }) => object);
const verification = verify(conversion, objects);
const broken = verify(
  conversion,
  objects.filter(({ kind }) => kind !== 'HTTPRoute'),
);

describe('the JSON of a verification', () => {
  it('keeps its schema and its sums', () => {
    for (const each of [verification, broken]) {
      const json = jsonVerification.parse(JSON.parse(verificationJson(each)));
      expect(json).toEqual(toJsonVerification(each));
      const { summary } = json;
      expect(summary.requests).toBe(json.requests.length);
      expect(summary.different).toBe(json.differences.length);
      expect(summary.same + summary.different).toBe(summary.requests);
      expect(summary.announced + summary.unannounced).toBe(summary.different);
    }
  });

  it('names both sides of a difference, with file and line', () => {
    const item = toJsonVerification(broken).differences.find(({ request }) => request.url === 'http://a.example.com/x');
    expect(item).toMatchObject({
      classes: ['narrower'],
      before: { answer: { kind: 'backends' }, source: 'shop/web rules[0].paths[0]', file: 'in.yaml', line: 10 },
      after: { answer: { kind: 'error', status: 404 }, text: 'error 404', source: '', file: null, line: null },
      announcedBy: null,
    });
  });

  it('has the gravest class first', () => {
    const [first] = broken.discrepancies;
    if (first === undefined) throw new Error('no difference');
    const mixed = { ...broken, discrepancies: [{ ...first, differences: ['status', 'weight', 'protection'] as const }] };
    expect(toJsonVerification(mixed).differences[0]?.classes).toEqual(['protection', 'weight', 'status']);
    expect(toJsonVerification(mixed).summary.protectionsLost).toBe(1);
  });

  it('is the same every time, one request a line', () => {
    expect(verificationJson(verify(conversion, objects))).toBe(verificationJson(verification));
    expect(
      requestsJson(verification)
        .split('\n')
        .filter((line) => line.includes('"url"')),
    ).toHaveLength(verification.requests.length);
  });

  it('has every class of difference', () => {
    const all: Readonly<Record<(typeof DIFFERENCES)[number], true>> = {
      protection: true,
      wider: true,
      'wrong-backend': true,
      unreachable: true,
      redirect: true,
      'wrong-path': true,
      weight: true,
      narrower: true,
      headers: true,
      status: true,
      setting: true,
    };
    expect([...DIFFERENCES].sort()).toEqual(Object.keys(all).sort());
  });
});

describe('its requests', () => {
  it.each([
    ['of the whole', verificationJson(verification)],
    ['alone', requestsJson(verification)],
  ])('%s are read back as they were', (_, text) => {
    const read = readRequests(text);
    if (read.kind === 'malformed') throw new Error(read.reason);
    expect(read.requests.map(({ target: _target, split: _split, ...request }) => request)).toEqual(verification.requests);
    expect(read.requests.map(({ split }) => split)).toEqual(verification.requests.map((request) => verification.split.has(request)));
    expect(read.requests.some(({ split }) => split)).toBe(true);
    expect(read.requests.some(({ cookies }) => cookies.next === 'always')).toBe(true);
  });

  it.each([
    ['no JSON', '{', /JSON/],
    ['no requests', '{}', /requests/],
    ['another protocol', '{"requests":[{"method":"GET","url":"ftp://a.test/"}]}', /requests\.0\.url/],
    ['no host', '{"requests":[{"method":"GET","url":"/x"}]}', /requests\.0\.url/],
    ['no method', '{"requests":[{"url":"http://a.test/"}]}', /requests\.0\.method/],
  ])('%s is malformed, with the place', (_, text, reason) => {
    expect(readRequests(text)).toMatchObject({ kind: 'malformed', reason: expect.stringMatching(reason) });
  });

  it('may be made by hand: repeated names and odd paths go onto the line as written', () => {
    const read = readRequests(
      '{"requests":[{"method":"GET","url":"https://A.test:8443/a/../b//%2F?x=1&x=2&y","headers":{"Cookie":"a=1; b=2=3"}}]}',
    );
    expect(read).toMatchObject({
      kind: 'read',
      requests: [
        {
          scheme: 'https',
          host: 'a.test',
          port: 8443,
          path: '/a/../b//%2F',
          target: '/a/../b//%2F?x=1&x=2&y',
          cookies: { a: '1', b: '2=3' },
          split: false,
        },
      ],
    });
  });

  it('survive the way there and back', () => {
    const token = fc.stringMatching(/^[a-z][a-z0-9-]{0,5}$/);
    const pairs = fc.dictionary(token, fc.stringMatching(/^[a-z0-9]{1,5}$/), { maxKeys: 3, noNullPrototype: true });
    fc.assert(
      fc.property(
        fc.constantFrom('http', 'https'),
        fc.integer({ min: 1, max: 65535 }),
        fc.stringMatching(/^(\/[a-zA-Z0-9._~%!$&'()*+,;=:@-]{0,4}){1,3}$/),
        pairs,
        pairs,
        pairs,
        (scheme, port, path, query, cookies, headers) => {
          fc.pre(!('cookie' in headers));
          const request = { ...requestOf(`${scheme}://a.test/`), port, path, query, cookies, headers };
          const read = readRequests(JSON.stringify({ requests: [toJsonRequest(request, false)] }));
          if (read.kind === 'malformed') throw new Error(read.reason);
          const [{ target, split, ...again } = { target: '', split: true }] = read.requests;
          expect(again).toEqual(request);
          expect(split).toBe(false);
          expect(requestUrl(request).endsWith(target)).toBe(true);
        },
      ),
      { seed: 7 },
    );
  });
});

describe('the text', () => {
  it('counts, and says what nothing announced: once for each pair of rules', () => {
    const text = verificationText(broken, false);
    expect(text).toMatch(/^[\d,]+ requests compared, [\d,]+ the same, [\d,]+ differ \([\d,]+ announced by the conversion, [\d,]+ not\)\n/);
    expect(text).toContain('\nnarrower than before: GET http://a.example.com/x\n');
    expect(text).toContain('  before  shop/web:80 80% as /x | shop/next:80 20% as /x\n          shop/web rules[0].paths[0] (in.yaml:10)\n');
    expect(text).toContain('  after   error 404\n          no rule\n  nothing announced this\n  and ');
  });

  it('tells announced ones by their code, and one by one when asked', () => {
    const code = verification.discrepancies.find(({ explained }) => explained !== null)?.explained?.code ?? '';
    expect(code).not.toBe('');
    expect(verificationText(verification, false)).toContain(`  announced by ${code}: `);
    expect(verificationText(verification, false)).not.toContain('  before  ');
    expect(verificationText(verification, true)).toContain(`  announced: ${code}: `);
  });
});
