import { describe, expect, it } from 'vitest';
import { convertManifests } from '../../src/index.ts';
import type { Difference, Finding } from '../../src/ledger/finding.ts';
import { explainer } from '../../src/prove/explain.ts';
import type { Unlike } from '../../src/prove/unlike.ts';
import { requestOf } from './requests.ts';

const ingress = (name: string, path: string) => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, namespace: shop }
spec:
  ingressClassName: nginx
  rules:
    - host: a.test
      http: { paths: [{ path: ${path}, pathType: Prefix, backend: { service: { name: ${name}, port: { number: 80 } } } }] }
`;
const conversion = convertManifests([{ file: 'in.yaml', text: `${ingress('one', '/')}---${ingress('two', '/two')}` }]);
const host = conversion.tables[0]?.hosts.find((each) => each.host === 'a.test') ?? null;
const ruleOf = (name: string) => host?.rules.find((rule) => rule.ingress.name === name) ?? null;
const refOf = (name: string) => ruleOf(name)?.ingress ?? null;

const finding = (code: string, differs: readonly Difference[], more: Partial<Finding> = {}): Finding => ({
  code,
  level: 'warning',
  args: {},
  message: '',
  help: '',
  security: false,
  differs,
  at: null,
  ingress: null,
  host: null,
  ...more,
});

/** The code of what explains a difference, given these findings. */
function explained(findings: readonly Finding[], more: Partial<Unlike> & { differences: readonly Difference[] }): string | null {
  const explain = explainer({ ...conversion, ledger: { ...conversion.ledger, findings } });
  return explain({ request: requestOf('http://a.test/x'), host, rule: ruleOf('one'), field: null, ...more })?.code ?? null;
}

const routeOf = (name: string) => ({ kind: 'HTTPRoute', namespace: 'shop', name: `${name}-a-test`, field: 'spec.rules[0]' });

describe('a difference is announced', () => {
  it('by a finding of the Ingress that answered before, of the one behind the route that answers, and of no other', () => {
    expect(ruleOf('two')).not.toBeNull();
    const two = finding('two', ['wider'], { ingress: refOf('two') });
    expect(explained([two], { differences: ['wider'], rule: ruleOf('two') })).toBe('two');
    expect(explained([two], { differences: ['wider'], rule: null, field: routeOf('two') })).toBe('two');
    expect(explained([two], { differences: ['wider'] })).toBeNull();
    expect(explained([two], { differences: ['wider'], field: routeOf('one') })).toBeNull();
  });

  it('by any Ingress of the host, where neither side has a rule', () => {
    expect(explained([finding('two', ['status'], { ingress: refOf('two') })], { differences: ['status'], rule: null })).toBe('two');
  });

  it('by a finding of the host, of a wildcard around it, or of the whole run', () => {
    expect(explained([finding('h', ['wider'], { host: 'a.test' })], { differences: ['wider'] })).toBe('h');
    expect(explained([finding('h', ['wider'], { host: 'b.test' })], { differences: ['wider'] })).toBeNull();
    expect(explained([finding('h', ['wider'], { host: '*.test' })], { differences: ['wider'] })).toBe('h');
    expect(explained([finding('h', ['wider'], { host: '*.a.test' })], { differences: ['wider'] })).toBeNull();
    expect(explained([finding('run', ['wider'])], { differences: ['wider'] })).toBe('run');
  });

  it('only when every class is named, by one finding or several', () => {
    const [weight, path] = [finding('w', ['weight']), finding('p', ['wrong-path'])];
    expect(explained([weight], { differences: ['weight', 'wrong-path'] })).toBeNull();
    expect(explained([path], { differences: ['weight', 'wrong-path'] })).toBeNull();
    expect(explained([weight, path], { differences: ['weight', 'wrong-path'] })).toBe('w');
  });

  it('never when it is a lost protection', () => {
    expect(explained([finding('all', ['protection', 'wider'])], { differences: ['protection'] })).toBeNull();
    expect(explained([finding('all', ['protection', 'wider'])], { differences: ['wider', 'protection'] })).toBeNull();
  });

  it('about encoded paths only for requests that have some, about missing certificates only for https', () => {
    const encoding = finding('plan/path-encoding', ['wider']);
    expect(explained([encoding], { differences: ['wider'] })).toBeNull();
    expect(explained([encoding], { differences: ['wider'], request: requestOf('http://a.test/%2Fx') })).toBe('plan/path-encoding');
    expect(explained([encoding], { differences: ['wider'], request: requestOf('http://a.test/x//y') })).toBe('plan/path-encoding');
    const certificate = finding('plan/certificate-default', ['unreachable']);
    expect(explained([certificate], { differences: ['unreachable'] })).toBeNull();
    expect(explained([certificate], { differences: ['unreachable'], request: requestOf('https://a.test/') })).toBe(
      'plan/certificate-default',
    );
  });
});
