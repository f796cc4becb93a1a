import { describe, expect, it } from 'vitest';
import { readDocuments } from '../../src/read/documents.ts';
import { readEstate } from '../../src/read/estate.ts';
import { codesOf, estateOf } from './estate-of.ts';

const SECRET = `apiVersion: v1
kind: Secret
metadata:
  name: s
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: hunter2
type: kubernetes.io/tls
data:
  tls.crt: hunter2
  tls.key: hunter2
stringData:
  ca.crt: hunter2
  ca.crt: hunter2
`;

describe('Secrets', () => {
  it('keeps the type and the names of keys, and no value', () => {
    const estate = estateOf(SECRET);
    expect(estate.secrets[0]).toMatchObject({ type: 'kubernetes.io/tls', keys: ['ca.crt', 'tls.crt', 'tls.key'] });
    expect(estate.secretByName.get('default/s')).toBe(estate.secrets[0]);
    expect(JSON.stringify([estate, readDocuments({ file: 'f', text: SECRET })])).not.toContain('hunter2');
  });

  it('points at the object, never at one of its lines', () => {
    expect(codesOf(estateOf(SECRET))).toEqual(['read/duplicate-key in.yaml:1:1']);
    expect(codesOf(estateOf(`${SECRET}  x: [hunter2\n  y: "hunter2\n`))).toEqual(['read/syntax in.yaml:1:1']);
    expect(codesOf(estateOf(`${SECRET}  x: hunter2\0\n`))).toEqual(['read/invalid-character in.yaml:1:1']);
  });

  it('quotes nothing of a Secret that does not parse', () => {
    for (const broken of [
      'hunter2: "',
      'x: {{ hunter2 }}',
      '- hunter2',
      '  x: @hunter2',
      '} hunter2',
      ': hunter2',
      '  x: *hunter2',
      '  x: "\\Uhunter2z"',
    ]) {
      const estate = estateOf(`${SECRET}${broken}\n`);
      expect(JSON.stringify(estate.findings), broken).not.toContain('hunter2');
    }
  });

  it('counts a Secret in a list', () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n- kind: Secret\n  apiVersion: v1\n  metadata: {name: s}\n  stringData: {a: hunter2, a: hunter2}\n`;
    const estate = readEstate([{ file: 'f', text: list }], { defaultNamespace: 'n' });
    expect(estate.secrets[0]?.keys).toEqual(['a']);
    expect(codesOf(estate)).toEqual(['read/duplicate-key f:4:3']);
  });
});
