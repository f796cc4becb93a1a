import { describe, expect, it } from 'vitest';
import { convert } from '../../src/convert.ts';
import { type ConvertOptions, DEFAULT_OPTIONS } from '../../src/options.ts';
import { estateOf } from '../read/estate-of.ts';

const made = (annotation: string, value: string, notServed: ConvertOptions['notServed']) =>
  convert(
    estateOf(
      JSON.stringify({
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: { name: 'web', namespace: 'shop', annotations: { [`nginx.ingress.kubernetes.io/${annotation}`]: value } },
        spec: {
          ingressClassName: 'nginx',
          rules: [
            {
              host: 'a.test',
              http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }] },
            },
          ],
        },
      }),
    ),
    { ...DEFAULT_OPTIONS, notServed },
  );

describe('an Ingress with a value that its controller refuses', () => {
  it('is skipped as a whole, since nobody gets anything of it', () => {
    const { plan, ledger } = made('custom-http-errors', 'all', 'skip');
    expect(plan.objects).toEqual([]);
    expect(ledger.ingresses.map(({ status }) => status)).toEqual(['skipped']);
  });

  it('is converted without that setting where the user asks for it', () => {
    const { plan, ledger } = made('custom-http-errors', 'all', 'convert');
    expect(plan.objects.map(({ object }) => object.kind)).toEqual(['Gateway', 'HTTPRoute']);
    const line = ledger.entries.find(({ entry }) => entry.name.endsWith('custom-http-errors'));
    expect([line?.outcome, line?.finding?.code]).toEqual(['manual', 'nginx/value/refused']);
  });

  it('stays closed where the setting was to protect it', () => {
    const { plan } = made('auth-type', 'magic', 'convert');
    expect(plan.withheld.map(({ host }) => host)).toEqual(['a.test']);
  });
});
