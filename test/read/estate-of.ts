import type { Finding } from '../../src/ledger/finding.ts';
import type { Estate } from '../../src/model/estate.ts';
import type { Ingress } from '../../src/model/ingress.ts';
import { readEstate } from '../../src/read/estate.ts';

/** The estate in one text, or in texts by file name. */
export function estateOf(input: string | Readonly<Record<string, string>>, defaultNamespace = 'default'): Estate {
  const files = typeof input === 'string' ? { 'in.yaml': input } : input;
  return readEstate(
    Object.entries(files).map(([file, text]) => ({ file, text })),
    { defaultNamespace },
  );
}

export function onlyIngress(input: string): Ingress {
  const [ingress, ...rest] = estateOf(input).ingresses;
  if (ingress === undefined || rest.length > 0) throw new Error('expected one Ingress');
  return ingress;
}

/** Its findings but the note on namespaces. */
export function findingsOf(estate: Estate): readonly Finding[] {
  return estate.findings.filter((finding) => finding.code !== 'read/no-namespace');
}

/** `code file:line:column` of each of these findings. */
export function codesOf(estate: Estate): readonly string[] {
  return findingsOf(estate).map(({ code, at }) => (at === null ? code : `${code} ${at.file}:${at.line}:${at.column}`));
}

/** A small valid Ingress named `name` with extra lines under `metadata`, indented by two. */
export function ingressText(name: string, metadata = ''): string {
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
${metadata}spec:
  defaultBackend:
    service:
      name: ${name}
      port:
        number: 80
`;
}
