import { describe, expect, it } from 'vitest';
import { convertManifests } from '../../src/index.ts';

const whole = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: shop}
spec:
  ingressClassName: nginx
  defaultBackend: {service: {name: web, port: {number: 80}}}
`;
const patch = (rest: string) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: shop
  annotations: {nginx.ingress.kubernetes.io/ssl-redirect: "false"}
${rest}`;

describe('an Ingress that has neither rules nor a default backend', () => {
  it.each(['', 'spec: {}\n', 'spec: {ingressClassName: nginx}\n'])('is skipped and said once, with the rest "%s"', (rest) => {
    const { ledger } = convertManifests(
      [
        { file: 'base.yaml', text: whole },
        { file: 'patch.yaml', text: patch(rest) },
      ],
      {},
    );
    expect(ledger.ingresses.map(({ ref, status }) => `${ref.at.file} ${status}`)).toEqual(['base.yaml converted', 'patch.yaml skipped']);
    const said = ledger.findings.filter(({ ingress }) => ingress?.at.file === 'patch.yaml');
    expect(said.map(({ code, level }) => `${level} ${code}`)).toEqual(['error read/no-spec']);
    const own = ledger.entries.filter(({ entry }) => entry.at.file === 'patch.yaml');
    expect(new Set(own.map(({ outcome, finding }) => `${outcome} ${finding?.code}`))).toEqual(new Set(['manual read/no-spec']));
  });
});
