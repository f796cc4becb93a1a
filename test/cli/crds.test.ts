import { describe, expect, it } from 'vitest';
import { gateshift, ingress, temporaryFolder } from './session.ts';

/** A CRD that takes anything, or that wants `spec.wanted`. */
const crd = (kind: string, required: readonly string[] = []) =>
  JSON.stringify({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${kind.toLowerCase()}s.gateway.networking.k8s.io` },
    spec: {
      group: 'gateway.networking.k8s.io',
      names: { kind },
      versions: [
        {
          name: 'v1',
          served: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: { spec: { type: 'object', required, 'x-kubernetes-preserve-unknown-fields': true } },
            },
          },
        },
      ],
    },
  });

const check = (crds: Readonly<Record<string, string>>, ...more: string[]) =>
  gateshift(['check', '-', '--crds', temporaryFolder(crds), ...more], { stdin: ingress('web') });

describe('--crds', () => {
  it('passes what they take', async () => {
    expect((await check({ 'a.yaml': crd('Gateway'), 'b.yaml': crd('HTTPRoute') })).code).toBe(0);
  });

  it('names the Ingress of what they refuse, and exits 1 unless --fail-on never', async () => {
    const crds = { 'a.yaml': crd('Gateway'), 'b.yaml': crd('HTTPRoute', ['wanted']) };
    const { code, stdout } = await check(crds, '--fail-on', 'withheld');
    expect(code).toBe(1);
    expect(stdout).toContain('refuse HTTPRoute shop/web-web-example-com (from Ingress shop/web): spec');
    expect(stdout).toContain('--> <stdin>:1:1  Ingress shop/web');
    expect((await check(crds, '--fail-on', 'never')).code).toBe(0);
  });

  it('says which kind they lack', async () => {
    const { code, stdout } = await check({ 'a.yaml': crd('Gateway') });
    expect(code).toBe(1);
    expect(stdout).toContain('error[check/no-crd] none of the CRDs given with --crds is for kind HTTPRoute');
  });

  it.each([
    ['nothing', {}],
    ['no CRD', { 'a.yaml': 'kind: Service\n' }],
    ['broken YAML', { 'a.yaml': 'kind: [\n' }],
  ])('with %s in it is a usage error', async (_, files) => {
    const { code, stdout, stderr } = await check(files);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^gateshift: --crds: .*\n$/);
  });
});
