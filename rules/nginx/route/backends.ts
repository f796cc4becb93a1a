import type { Entry } from '../../../src/model/entry.ts';
import type { Estate } from '../../../src/model/estate.ts';
import { resolveBackend } from '../../../src/route/backend.ts';
import type { Backend } from '../../../src/route/table.ts';
import type { Books } from '../../../src/rule/books.ts';
import { locationFindings } from './findings.ts';
import type { Upstream } from './upstreams.ts';

/**
 * The Service's port. The controller goes through the ports of the Service and takes the first whose number, targetPort or
 * name is the one written (`serviceEndpoints`).
 */
export function backendOf(upstream: Upstream, entries: readonly Entry[], estate: Estate, books: Books): Backend {
  const { namespace, service, port } = upstream;
  const written = String(port ?? '');
  const ports = estate.serviceByName.get(`${namespace}/${service}`)?.ports ?? [];
  const found = ports.find((each) => String(each.port) === written || String(each.targetPort) === written || each.name === written);
  const backend = resolveBackend({ namespace, service, port: found?.port ?? port, entries }, estate, { targetPorts: true });
  if (found !== undefined && String(found.port) !== written && found.name !== written) {
    const leaf = entries.at(-1);
    const args = { service: `${namespace}/${service}`, written, port: found.port };
    books.findings.push(
      locationFindings['target-port'](args, { at: leaf?.at ?? upstream.creator.ref.at, ingress: leaf?.ingress ?? upstream.creator.ref }),
    );
  }
  return { ...backend, written };
}
