import { defineFindings, type NoArgs } from '../../src/ledger/finding.ts';
import type { Entry } from '../../src/model/entry.ts';
import { entryOf, goBool, goInt, valueOr } from '../../src/rule/codec.ts';
import { at, defineRule } from '../../src/rule/rule.ts';
import { asDefault, manual, PREFIX, replaced, warningsOf, withoutPartner } from './annotation.ts';
import { basicChars, regexChars } from './codecs.ts';
import { inert } from './settlement.ts';

/** How the balancer chooses between a primary and its alternative: header, then cookie, then weight. */
export interface CanarySetting {
  readonly header: CanaryHeader | null;
  readonly cookie: { readonly name: string; readonly entries: readonly Entry[] } | null;
  readonly weight: number;
  /** At least 100: the balancer takes lower totals for 100. */
  readonly total: number;
  readonly weightEntries: readonly Entry[];
  /** `canary: "true"` itself. */
  readonly entries: readonly Entry[];
}

export interface CanaryHeader {
  readonly name: string;
  /** `always-never` as long as neither a value nor a pattern is given. */
  readonly by:
    | { readonly kind: 'always-never' }
    | { readonly kind: 'value'; readonly value: string }
    | { readonly kind: 'pattern'; readonly pattern: string };
  readonly entries: readonly Entry[];
}

export const canaryFindings = defineFindings('nginx/canary', {
  'not-enabled': {
    level: 'warning',
    message: (_: NoArgs) => 'canary settings without canary: "true" are ignored, and the Ingress is served as any other',
    help: () => 'If it was meant as a canary, it competes with the primary for its paths today: see the conflicts reported.',
  },
  'no-primary': {
    level: 'warning',
    message: (a: { host: string; path: string }) =>
      `no other Ingress serves ${a.host}${a.path} with the same path type, so the controller never sends a request to this canary`,
    help: () => 'Nothing was written for it. If the primary is in a file that was not read, convert both together.',
  },
  dead: {
    level: 'warning',
    message: (a: { service: string; path: string }) =>
      `the controller drops Service ${a.service} as a canary altogether, since one of its paths (${a.path}) has no primary`,
    help: () => 'Nothing was written for it. Remove the path without primary, or split the canary in two, if the rest should have traffic.',
  },
  'service-is-primary': {
    level: 'warning',
    message: (a: { service: string; path: string }) =>
      `Service ${a.service} is the primary of another path, so the controller never treats it as the canary of ${a.path}`,
    help: () => 'Nothing was written for it. A canary needs a Service, or a port, of its own.',
  },
  second: {
    level: 'warning',
    message: (a: { path: string; first: string }) =>
      `${a.path} has another canary already (${a.first}), and the controller consults only one`,
    help: () => 'Nothing was written for it.',
  },
  never: {
    level: 'note',
    message: (_: NoArgs) => 'weight 0, no header and no cookie: the controller never sends a request to this canary',
  },
  'shared-upstream': {
    level: 'note',
    message: (a: { path: string; service: string; canary: string }) =>
      `${a.path} uses Service ${a.service} as well, so the controller sends a part of its requests to the canary of ${a.canary} too; written the same way`,
    help: () => 'Remove the canary rules from that route if the split was meant for one path alone.',
  },
  affinity: {
    level: 'note',
    message: (a: { path: string }) =>
      `on ${a.path} the controller keeps clients with a session cookie on the side they came to first; the split written is decided per request`,
    differs: ['weight', 'wrong-backend'],
  },
  'annotation-ignored': {
    level: 'note',
    message: (a: { annotation: string }) => `${a.annotation} stands on a canary: the annotations of the primary hold for its requests`,
  },
  'upstream-setting': {
    level: 'warning',
    message: (a: { annotation: string }) =>
      `${a.annotation} holds for the endpoints of the canary alone, while a Gateway API rule has one setting for all its backends`,
    help: () => 'Configure it for that Service with a policy of your implementation.',
  },
  'primary-refused': {
    level: 'warning',
    message: (a: { path: string; service: string }) =>
      `Service ${a.service} is first seen as a canary, so the controller does not serve it as the primary of ${a.path}`,
    help: () => 'Nothing was written for that path, as the controller leaves it to the next matching one.',
  },
});

export const canary = defineRule({
  id: 'nginx/canary',
  title: 'Canary: a part of the requests goes to another Service',
  docs: manual('canary'),
  scope: 'upstream',
  becomes: 'rules of the routing table with header, cookie and weight',
  reads: {
    canary: at(`${PREFIX}canary`, goBool),
    weight: at(`${PREFIX}canary-weight`, goInt),
    total: at(`${PREFIX}canary-weight-total`, goInt),
    header: at(`${PREFIX}canary-by-header`, basicChars),
    value: at(`${PREFIX}canary-by-header-value`, basicChars),
    pattern: at(`${PREFIX}canary-by-header-pattern`, regexChars),
    cookie: at(`${PREFIX}canary-by-cookie`, basicChars),
  },
  findings: canaryFindings,
  convert({ read, ingress }) {
    const all = [read.weight, read.total, read.header, read.value, read.pattern, read.cookie];
    if (!valueOr(read.canary, false)) {
      const rest = all.flatMap(entryOf);
      const [first] = rest;
      const own = [...replaced(read.canary, 'false'), ...asDefault(read.canary)];
      if (first === undefined) return { settled: own, findings: warningsOf(own) };
      const finding = canaryFindings['not-enabled']({}, { at: first.at, ingress: ingress.ref });
      return { settled: [...own, ...inert(rest, finding)], findings: [...warningsOf(own), finding] };
    }
    const settled = [
      ...replaced(read.weight, '0'),
      ...replaced(read.total, '100'),
      ...[read.header, read.value, read.pattern, read.cookie].flatMap((item) => replaced(item, 'absent')),
    ];
    const header = read.header.state === 'valid' && HEADER.test(read.header.value) ? read.header.value : null;
    const value = read.value.state === 'valid' ? read.value.value : null;
    const pattern = read.pattern.state === 'valid' ? read.pattern.value : null;
    if (read.header.state === 'valid' && header === null) {
      const { entry } = read.header;
      settled.push(...replaced({ state: 'invalid', entry, reason: 'no name of a header' }, 'absent'));
    }
    if (header === null)
      settled.push(...[read.value, read.pattern].filter(isValid).flatMap((item) => withoutPartner(item, 'canary-by-header')));
    else if (value !== null)
      settled.push(...[read.pattern].filter(isValid).flatMap((item) => withoutPartner(item, 'the absence of canary-by-header-value')));
    const by: CanaryHeader['by'] =
      value !== null ? { kind: 'value', value } : pattern !== null ? { kind: 'pattern', pattern } : { kind: 'always-never' };
    const chosen = value !== null ? [read.header, read.value] : pattern !== null ? [read.header, read.pattern] : [read.header];
    const weightReads = [read.weight, read.total].filter(isValid);
    const setting: CanarySetting = {
      header: header === null ? null : { name: header, by, entries: chosen.flatMap(entryOf) },
      cookie: read.cookie.state === 'valid' ? { name: read.cookie.value, entries: [read.cookie.entry] } : null,
      weight: valueOr(read.weight, 0),
      total: Math.max(100, valueOr(read.total, 100)),
      weightEntries: weightReads.flatMap(entryOf),
      entries: entryOf(read.canary),
    };
    return {
      setting,
      routed: [...setting.entries, ...setting.weightEntries, ...(setting.header?.entries ?? []), ...(setting.cookie?.entries ?? [])],
      settled,
      findings: warningsOf(settled),
    };
  },
});

/** A field name of HTTP: others match no request. */
const HEADER = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/;

function isValid(read: { readonly state: string }): boolean {
  return read.state === 'valid';
}
