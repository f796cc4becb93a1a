import { describe, expect, it, test } from 'vitest';
import { DEFAULT_OPTIONS } from '../../src/options.ts';
import { claim } from '../../src/rule/claim.ts';
import { estateOf } from '../read/estate-of.ts';

interface Asked {
  readonly annotations?: Readonly<Record<string, string>>;
  readonly className?: string | null;
}

function document(name: string, { annotations = {}, className = 'nginx' }: Asked): string {
  const spec = { ...(className === null ? {} : { ingressClassName: className }), rules: [{ host: `${name}.test` }] };
  return JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace: 'default', annotations },
    spec,
  });
}

/** Whose the Ingress `a` is beside the others, and what is said about it. */
function owner(a: Asked, others: readonly Asked[] = [], more: readonly string[] = [], options = DEFAULT_OPTIONS): string {
  const documents = [document('a', a), ...others.map((each, index) => document(`b${index}`, each)), ...more];
  const estate = estateOf(documents.join('\n---\n'));
  const ingress = estate.ingresses.find(({ ref }) => ref.name === 'a');
  if (ingress === undefined) throw new Error('no Ingress a');
  const found = claim(ingress, estate, options);
  const codes = found.kind === 'owned' ? found.findings : [found.finding];
  return [found.kind === 'owned' ? found.vendor : found.kind, ...codes.map(({ code }) => code.replace('class/', ''))].join(' ');
}

const INC = { annotations: { 'nginx.org/hsts': 'true' } };
const KUBERNETES = { annotations: { 'nginx.ingress.kubernetes.io/ssl-redirect': 'true' } };
const BOTH = { annotations: { ...INC.annotations, ...KUBERNETES.annotations } };
const CLASS = (controller: string) =>
  JSON.stringify({ apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', metadata: { name: 'nginx' }, spec: { controller } });

describe('an Ingress of class nginx', () => {
  test.each<[string, Asked, readonly Asked[], string]>([
    ['carries nothing', {}, [], 'nginx'],
    ['carries nginx.org', INC, [], 'nginx-inc assumed-vendor'],
    ['carries nginx.com', { annotations: { 'nginx.com/jwt-key': 'x' } }, [], 'nginx-inc assumed-vendor'],
    ['carries nginx.ingress.kubernetes.io', KUBERNETES, [INC], 'nginx'],
    ['carries both', BOTH, [], 'nginx either-nginx'],
    ['carries nothing, the others nginx.org', {}, [INC, {}], 'nginx-inc assumed-vendor'],
    ['carries nothing, the others one or the other', {}, [INC, KUBERNETES], 'nginx either-nginx'],
    ['carries nothing, others of another class nginx.org', {}, [{ ...INC, className: 'other' }], 'nginx'],
    ['is of a class that is named for nginx', { ...INC, className: 'nginx-internal' }, [], 'nginx-inc assumed-vendor'],
    [
      'is of such a class, and another of it carries nginx.org',
      { className: 'nginx-internal' },
      [{ ...INC, className: 'nginx-internal' }],
      'nginx-inc assumed-vendor',
    ],
    ['has no class', { ...INC, className: null }, [], 'nginx-inc assumed-vendor'],
  ])('that %s', (_, asked, others, expected) => expect(owner(asked, others)).toBe(expected));

  it('whose IngressClass is in the input is that controller’s, whatever it carries', () => {
    expect(owner(KUBERNETES, [], [CLASS('nginx.org/ingress-controller')])).toBe('nginx-inc');
    expect(owner(INC, [], [CLASS('k8s.io/ingress-nginx')])).toBe('nginx');
  });

  it('is whose the user says', () => {
    expect(owner(INC, [], [], { ...DEFAULT_OPTIONS, classes: { nginx: 'nginx' } })).toBe('nginx');
    expect(owner({}, [], [], { ...DEFAULT_OPTIONS, classes: { nginx: 'nginx-inc' } })).toBe('nginx-inc');
  });

  it('by annotation beats the field, as the controller has it', () => {
    const annotations = { ...INC.annotations, 'kubernetes.io/ingress.class': 'nginx' };
    expect(owner({ annotations, className: 'traefik' })).toBe('nginx-inc assumed-vendor');
  });
});
