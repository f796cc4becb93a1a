import type { ServicePortName } from '../../src/intent/intent.ts';
import { defineFindings } from '../../src/ledger/finding.ts';
import type { Estate } from '../../src/model/estate.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { asDefault, manual, PREFIX, replaced, valueFindings, warningsOf, withoutPartner } from './annotation.ts';
import { urlProblem } from './external-auth-url.ts';
import { entriesOf, part, settledOf } from './part.ts';
import { endAs, inert, placeOf } from './settlement.ts';
import { onOff, serverName } from './value-codecs.ts';

const find = defineFindings('nginx/mirror', {
  'no-target': {
    level: 'warning',
    message: (a: { value: string; why: string }) => `nothing is mirrored today: mirror-target "${a.value}" ${a.why}`,
    help: () => 'Correct the URL if requests are to be mirrored, and convert again.',
  },
  'other-uri': {
    level: 'warning',
    message: (a: { url: string }) =>
      `every copy goes to the one address ${a.url}, not to the path of the request; a gateway can only keep the path`,
    help: () =>
      'If the path was meant to be kept, end the URL with $request_uri and convert again. Otherwise let the mirror take all paths.',
  },
});

/** Copies of the requests of all paths; their responses are thrown away. The Host header is that of the target. */
export const mirror = defineRule({
  id: 'nginx/mirror',
  title: 'Mirroring of requests',
  docs: manual('mirror'),
  scope: 'ingress',
  becomes: 'mirror',
  reads: {
    target: at(`${PREFIX}mirror-target`, serverName),
    host: at(`${PREFIX}mirror-host`, serverName),
    body: at(`${PREFIX}mirror-request-body`, onOff),
  },
  findings: { ...find, ...valueFindings },
  convert({ read, estate }) {
    const lonely = [read.host, read.body].flatMap((each) => withoutPartner(each, 'a usable mirror-target'));
    if (read.target.state === 'absent') return { settled: lonely };
    const { entry } = read.target;
    const dead = (why: string) => {
      const finding = find['no-target']({ value: entry.value, why }, placeOf(entry));
      return { settled: [...lonely, ...inert([entry], finding)], findings: [finding] };
    };
    if (read.target.state === 'invalid') return dead(`is refused: ${read.target.reason}`);
    const url = read.target.value;
    const own = url.split('$')[0] ?? '';
    const problem = urlProblem(own);
    // Without a host of its own the location of the mirror is not even written.
    if (problem !== null && read.host.state !== 'valid') return dead(problem);
    const ownHost = /^[a-z]+:\/\/([^/:?#]+)/i.exec(own)?.[1] ?? '';
    const body = part(read.body, 'on');
    const sameHost = read.host.state === 'valid' && read.host.value === ownHost ? asDefault(read.host) : [];
    const hostEntries = read.host.state === 'valid' && sameHost.length === 0 ? [read.host.entry] : [];
    const settled = [...settledOf(body), ...sameHost, ...replaced(read.host, ownHost)];
    const entries = [entry, ...hostEntries, ...entriesOf(body)];
    if (problem === null && !url.includes('$')) {
      const finding = find['other-uri']({ url }, placeOf(entry));
      return { settled: [...settled, ...endAs('unmapped', entries, finding)], findings: warningsOf(settled) };
    }
    return {
      settled,
      findings: warningsOf(settled),
      intents: [
        {
          kind: 'mirror',
          url,
          service: clusterService(url, estate),
          host: read.host.state === 'valid' ? read.host.value : ownHost,
          requestBody: body.value === 'on',
          entries,
        },
      ],
    };
  },
});

/**
 * The Service of `http://name.namespace.svc…[:port]$request_uri`; the short form only where the Service is in the input, as
 * it may be any domain. With https the copy would have to be encrypted anew, which no filter does.
 */
function clusterService(url: string, estate: Estate): ServicePortName | null {
  const match = /^http:\/\/([a-z0-9-]+)\.([a-z0-9-]+)(\.svc(?:\.[a-z0-9.-]+)?)?(?::([0-9]{1,5}))?\/?\$request_uri$/.exec(url);
  const [, name, namespace, svc, port] = match ?? [];
  if (name === undefined || namespace === undefined) return null;
  if (svc === undefined && !estate.serviceByName.has(`${namespace}/${name}`)) return null;
  return { namespace, name, port: port === undefined ? 80 : Number(port) };
}
