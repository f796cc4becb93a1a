import { describe, expect, it } from 'vitest';
import { convert } from '../../src/convert.ts';
import { DEFAULT_OPTIONS } from '../../src/options.ts';
import { estateOf } from '../read/estate-of.ts';

const map = (name: string, data: Readonly<Record<string, string>>) =>
  JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'ingress-nginx' }, data });

const made = (documents: readonly string[], release = DEFAULT_OPTIONS.release) =>
  convert(estateOf(documents.join('\n---\n')), { ...DEFAULT_OPTIONS, release });

const outcomes = (conversion: ReturnType<typeof made>) =>
  conversion.ledger.entries.map(({ entry, outcome, finding }) => `${entry.value} ${outcome} ${finding?.code ?? ''}`.trim());

describe('TCP and UDP services', () => {
  it('are listeners of their own, with a route beside the Service', () => {
    const conversion = made([map('tcp-services', { 5432: 'db/postgres:5432' }), map('udp-services', { 53: 'dns/dns:53' })]);
    const objects = conversion.plan.objects.map(({ object }) => object);
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual([
      'Namespace undefined/gateway-system',
      'Gateway gateway-system/nginx',
      'TCPRoute db/postgres-tcp-5432',
      'UDPRoute dns/dns-udp-53',
    ]);
    expect(objects[1]).toMatchObject({
      spec: {
        listeners: [
          { port: 5432, protocol: 'TCP' },
          { port: 53, protocol: 'UDP' },
        ],
      },
    });
    expect(objects[2]).toMatchObject({
      apiVersion: 'gateway.networking.k8s.io/v1',
      spec: {
        parentRefs: [{ name: 'nginx', namespace: 'gateway-system', sectionName: 'tcp-5432' }],
        rules: [{ backendRefs: [{ name: 'postgres', port: 5432 }] }],
      },
    });
    expect(outcomes(conversion)).toEqual(['db/postgres:5432 converted', 'dns/dns:53 converted']);
  });

  it('that cannot be kept are told', () => {
    const data = { 443: 'a/b:1', x: 'a/b:1', 1: 'nonsense', 2: 'a/b:1:PROXY', 3: 'a/b:1::proxy', 4: 'a/b:sql', 70000: 'a/b:1' };
    expect(outcomes(made([map('tcp-services', data)])).sort()).toEqual([
      'a/b:1 inert nginx/stream/not-a-port',
      'a/b:1 inert nginx/stream/not-a-port',
      'a/b:1 inert nginx/stream/reserved',
      'a/b:1::proxy unmapped nginx/stream/proxy-protocol',
      'a/b:1:PROXY unmapped nginx/stream/proxy-protocol',
      'a/b:sql manual plan/backend-unresolved',
      'nonsense inert nginx/stream/malformed',
    ]);
  });

  it('need a release that has their routes', () => {
    const documents = [map('udp-services', { 53: 'dns/dns:53' })];
    expect(outcomes(made(documents, { version: '1.5', channel: 'standard' }))).toEqual(['dns/dns:53 unmapped plan/stream']);
    expect(made(documents, { version: '1.5', channel: 'experimental' }).plan.objects.at(-1)?.object.apiVersion).toBe(
      'gateway.networking.k8s.io/v1alpha2',
    );
  });
});
