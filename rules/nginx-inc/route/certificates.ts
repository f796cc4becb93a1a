import type { Entry } from '../../../src/model/entry.ts';
import type { Estate } from '../../../src/model/estate.ts';
import type { Certificate } from '../../../src/route/table.ts';
import type { Books } from '../../../src/rule/books.ts';
import type { Facts } from './facts.ts';
import { tlsFindings } from './findings.ts';

/** Of the sections that list the host, letter by letter, the last one counts (`addSSLConfig`); `none` is served without TLS. */
export function certificateOf(host: string, owner: Facts, estate: Estate, books: Books): Certificate {
  // The server for any host has TLS always, with the certificate of -default-server-tls-secret.
  if (host === '') return { kind: 'default', asked: false, entries: [] };
  const section = owner.ingress.tls.findLast(({ hosts }) => hosts.includes(host));
  if (section === undefined) return { kind: 'none' };
  const entries = section.entries.filter((entry) => entry.name.endsWith('.secretName') || isHostLeaf(entry, host));
  const place = { at: entries[0]?.at ?? owner.ref.at, ingress: owner.ref, host };
  const { secretName } = section;
  if (secretName === null || secretName === '') {
    books.findings.push(tlsFindings['no-secret']({ host }, place));
    return { kind: 'default', asked: true, entries };
  }
  const { namespace } = owner.ref;
  const known = estate.secretByName.get(`${namespace}/${secretName}`);
  const why =
    known === undefined
      ? null
      : !['kubernetes.io/tls', ''].includes(known.type)
        ? `is of type ${known.type}`
        : known.keys.includes('tls.crt') && known.keys.includes('tls.key')
          ? null
          : 'has no tls.crt and tls.key';
  if (why !== null) books.findings.push(tlsFindings['broken-secret']({ host, secret: `${namespace}/${secretName}`, why }, place));
  return { kind: 'secret', namespace, name: secretName, entries };
}

export function isHostLeaf(entry: Entry, host: string): boolean {
  return /\.hosts\[\d+\]$/.test(entry.name) && entry.value.toLowerCase() === host;
}
