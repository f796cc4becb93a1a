import type { Codec } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { manual, PREFIX, placeOf, valueFindings } from './annotation.ts';
import type { ListenPort } from './group.ts';
import { type Decoder, fail, integer, json, listOf } from './json/decode.ts';

const listener: Decoder<readonly ListenPort[]> = (node, notes) => {
  if (node.kind !== 'object') {
    fail(node, 'a listener is an object such as {"HTTPS": 443}', notes);
    return [];
  }
  return node.members.flatMap(({ key, at: place, value }) => {
    // Unlike member names of other settings, these are keys of a map: compared with case.
    if (key !== 'HTTP' && key !== 'HTTPS') {
      fail({ at: place }, `"${key}" is no protocol of an ALB: HTTP or HTTPS in capitals`, notes);
      return [];
    }
    const port = integer(value, notes);
    if (port < 1 || port > 65_535) fail(value, `${port} is no port`, notes);
    return [{ protocol: key, port }];
  });
};

const decoded = json('list of listeners', listOf(listener));

/** `[{"HTTP": 80}, {"HTTPS": 443}]`. An empty list is an error. */
const listeners: Codec<readonly ListenPort[]> = {
  name: decoded.name,
  parse(text) {
    const parsed = decoded.parse(text);
    if (!parsed.ok) return parsed;
    if (parsed.value.kind === 'broken') {
      const { problem, line, column } = parsed.value;
      return { ok: false, reason: `which cannot be read at line ${line}, column ${column}: ${problem}` };
    }
    const ports = parsed.value.value.flat();
    return ports.length === 0 ? { ok: false, reason: 'which names no listener' } : { ok: true, value: ports };
  },
};

/** Without listeners that can be read there is nothing to serve, and a guess could serve in clear text. */
export const listenPorts = defineRule({
  id: 'alb/listen-ports',
  title: 'Ports and protocols',
  docs: manual('listen-ports'),
  scope: 'ingress',
  becomes: 'the ports of the load balancer',
  reads: { ports: at(`${PREFIX}listen-ports`, listeners) },
  findings: { refused: valueFindings.refused },
  convert({ read: { ports } }) {
    if (ports.state === 'absent') return {};
    if (ports.state === 'valid') return { routed: [ports.entry] };
    const { entry, reason } = ports;
    return { refused: valueFindings.refused({ annotation: entry.name, value: entry.value, reason }, placeOf(entry)) };
  },
});
