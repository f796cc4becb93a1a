import type { HeaderValue } from '../../src/intent/intent.ts';
import type { Estate } from '../../src/model/estate.ts';
import { entryOf, type Read } from '../../src/rule/codec.ts';
import { replaced } from './annotation.ts';
import { configMapNamed, dataOf } from './beside.ts';
import { externalAuthFindings } from './external-auth-findings.ts';
import { fullName, otherNamespace } from './references.ts';
import { endAs, placeOf } from './settlement.ts';

/** Headers of a ConfigMap. A name with characters that none can have is read as absent; one that leads nowhere answers 503. */
export function requestHeadersOf(read: Read<string>, estate: Estate, home: string) {
  const none = {
    headers: [] as readonly HeaderValue[],
    entries: entryOf(read),
    settled: replaced(read, 'absent'),
    findings: [],
    broken: null,
  };
  if (read.state !== 'valid') return { ...none, entries: [] };
  const { entry } = read;
  const name = fullName(read.value);
  if (name === null) return { ...none, broken: { entry, why: 'is not of the form NAMESPACE/NAME' } };
  const findings = otherNamespace(entry, name, home, 'answers 503');
  const map = configMapNamed(estate, name.namespace, name.name);
  if (map === null) {
    const finding = externalAuthFindings['unknown-headers']({ map: `${name.namespace}/${name.name}` }, placeOf(entry));
    return { ...none, entries: [], settled: endAs('manual', [entry], finding), findings };
  }
  const headers = dataOf(map);
  const bad = headers.find((header) => !/^[-A-Za-z0-9_]+$/.test(header.name));
  if (bad !== undefined) return { ...none, broken: { entry, why: `names a ConfigMap whose key "${bad.name}" is no header name` } };
  return { ...none, headers: headers.map((header) => ({ name: header.name, value: header.value })), findings };
}
