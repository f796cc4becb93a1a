import type { Entry } from '../../../src/model/entry.ts';
import type { Estate } from '../../../src/model/estate.ts';
import type { Books } from '../../../src/rule/books.ts';
import { goBool, type Read } from '../../../src/rule/codec.ts';
import { entryFor, protocolFindings } from '../backend-protocol.ts';
import { inert, placeOf } from '../settlement.ts';

/** The annotation where a Service is spoken to in gRPC, which takes http2 in the ConfigMap of the controller. */
export function grpcEntries(list: Read<readonly string[]>, service: string | null, estate: Estate, books: Books): readonly Entry[] {
  if (list.state !== 'valid') return [];
  if (!isHttp2(estate)) {
    const finding = protocolFindings['http2-off']({}, placeOf(list.entry));
    books.findings.push(finding);
    books.settled.push(...inert([list.entry], finding));
    return [];
  }
  return service === null ? [] : entryFor(list, service);
}

/** Known to be off only from a ConfigMap with the name that the controller's manifests and chart give it. */
function isHttp2({ configMaps }: Estate): boolean {
  const own = configMaps.find(({ ref }) => /^nginx-(?:config|ingress)$/.test(ref.name) && /nginx/.test(ref.namespace));
  if (own === undefined) return true;
  const setting = own.data.find(({ name }) => name === 'data.http2');
  const parsed = setting === undefined ? null : goBool.parse(setting.value);
  return parsed?.ok === true && parsed.value;
}
