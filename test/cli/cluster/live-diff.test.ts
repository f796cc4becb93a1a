import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { gateshift, ingress, temporaryFolder } from '../session.ts';
import { gatewayApi, type LiveCluster, type LiveObject, withCluster } from './live.ts';

vi.setConfig({ testTimeout: 60_000 });

/** What the conversion of the Ingress writes, as it would be live, with a change to it. */
async function written(change: (object: LiveObject) => LiveObject | null): Promise<LiveCluster> {
  const { stdout } = await gateshift(['convert', '-', '-q'], { stdin: ingress('web') });
  const objects = parseAllDocuments(stdout).flatMap((document): readonly LiveObject[] => {
    const changed = change(document.toJS());
    if (changed === null) return [];
    return [{ ...changed, metadata: { ...changed.metadata, creationTimestamp: '2026-01-01T00:00:00Z' }, status: { parents: [] } }];
  });
  return { objects, crds: gatewayApi('v1.6.1', 'standard') };
}

const manifests = temporaryFolder({ 'web.yaml': ingress('web') });
const DIFF = ['convert', join(manifests, 'web.yaml'), '--diff', '--against', 'cluster'];

describe('--diff --against cluster', () => {
  it('is empty where all is applied', async () => {
    const { code, stdout, stderr } = await withCluster(await written((object) => object), DIFF);
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toContain('kubectl apply would create 0, change 0 and leave 2 as they are; it deletes nothing');
  });

  it('shows what would be created and changed, and runs nothing that writes', async () => {
    const cluster = await written((object) =>
      object.kind === 'Gateway' ? null : JSON.parse(JSON.stringify(object).replace('"port":80', '"port":81')),
    );
    const { stdout, stderr, calls } = await withCluster(cluster, DIFF);
    expect(stdout).toContain('+++ b/gateway.gateway.networking.k8s.io/shop/nginx');
    expect(stdout).toMatch(/-\s+port: 81\n\+\s+port: 80/);
    expect(stderr).toContain('would create 1, change 1 and leave 0');
    expect(new Set(calls.map(([verb]) => verb))).toEqual(new Set(['get']));
  });

  it('tells what may not be read', async () => {
    const cluster = { ...(await written((object) => object)), forbidden: ['HTTPRoute.v1.gateway.networking.k8s.io'] };
    const { stderr } = await withCluster(cluster, DIFF);
    expect(stderr).toContain('HTTPRoute.v1.gateway.networking.k8s.io could not be compared with');
    const own = { ...cluster, forbidden: ['HTTPRoute.v1.gateway.networking.k8s.io everywhere'] };
    expect((await withCluster(own, DIFF)).stderr).toContain('leave 2 as they are');
  });

  it('goes with --diff alone', async () => {
    expect((await withCluster({ objects: [] }, ['convert', '-', '--against', 'cluster'])).stderr).toContain('add --diff');
    expect((await withCluster({ objects: [] }, ['convert', '-', '--diff', '--against', 'out'])).code).toBe(2);
  });
});

describe('verify --against cluster', () => {
  it('compares the Ingresses with the routes that are live', async () => {
    const file = join(manifests, 'web.yaml');
    const right = await withCluster(await written((object) => object), ['verify', file, '--against', 'cluster']);
    expect([right.code, right.stderr]).toEqual([0, '']);
    const wrong = await written((object) =>
      JSON.parse(JSON.stringify(object).replace('"port":80', '"port":81').replace('"name":"web","port"', '"name":"other","port"')),
    );
    const { code, stdout } = await withCluster(wrong, ['verify', file, '--against', 'cluster']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/HTTPRoute shop\/\S+ rules\[0\] \(cluster: httproute\/shop\//);
  });
});
