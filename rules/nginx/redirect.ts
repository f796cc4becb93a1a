import type { Finding } from '../../src/ledger/finding.ts';
import { defineFindings } from '../../src/ledger/finding.ts';
import type { Settlement } from '../../src/ledger/outcome.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { Redirect } from '../../src/route/table.ts';
import { entryOf, goBool, goInt, type Read, text, valueOr } from '../../src/rule/codec.ts';
import { at, defineRule, type RuleOutput } from '../../src/rule/rule.ts';
import { asDefault, manual, PREFIX, refusal, valueFindings, withoutPartner } from './annotation.ts';
import { urlChars } from './codecs.ts';
import { redirectTarget } from './redirect-target.ts';
import { endAs, inert, placeOf } from './settlement.ts';

export type RedirectSetting =
  | { readonly kind: 'redirect'; readonly redirect: Redirect }
  /** A temporal-redirect that is no URL switches off permanent-redirect and from-to-www-redirect along with itself. */
  | { readonly kind: 'off'; readonly entries: readonly Entry[] };

export const redirectFindings = defineFindings('nginx/redirect', {
  'not-absolute': {
    level: 'warning',
    message: (a: { value: string }) =>
      `temporal-redirect "${a.value}" is no http or https URL: the controller redirects nothing, and ignores permanent-redirect and from-to-www-redirect too`,
    help: () => 'The paths were written as they are served today. Write the URL in full if the redirect was meant.',
  },
  'old-controller': {
    level: 'warning',
    message: (a: { value: string }) =>
      `"${a.value}" is refused by ingress-nginx 1.12 and newer, which do not serve this Ingress; written as older ones, or those without annotation validation, redirect`,
    help: () => 'Remove the redirect from the output if your controller does not serve it today.',
    differs: ['wider', 'redirect'],
  },
  overridden: {
    level: 'note',
    message: (a: { annotation: string }) => `${a.annotation} has no effect beside temporal-redirect`,
  },
  'relative-name': {
    level: 'warning',
    message: (a: { value: string }) => `clients resolve "${a.value}" against the path they asked for; written as a path of the host`,
    help: () => 'Write a full URL, or a path that begins with a slash.',
    differs: ['redirect'],
  },
  'code-replaced': {
    level: 'note',
    message: (a: { annotation: string; value: string; status: number }) =>
      `${a.annotation} ${a.value} is out of range: the controller answers with ${a.status}`,
  },
  'relative-location': {
    level: 'warning',
    message: (a: { annotation: string }) => `${a.annotation} has no counterpart: a Gateway always writes the whole URL into the Location`,
    help: () => 'It concerns the redirects that the controller builds itself, such as that from /path to /path/.',
    differs: ['redirect'],
  },
  'container-port': {
    level: 'warning',
    message: (a: { annotation: string }) => `${a.annotation} was not carried over: it writes the controller's own port into redirects`,
    help: () => 'Where clients reach the Gateway on 80 and 443, nothing has to be done.',
    differs: ['redirect'],
  },
  'before-access': {
    level: 'note',
    message: (a: { lists: string }) =>
      `the controller redirects before it looks at ${a.lists}, so everybody gets the redirect; it was written for everybody`,
  },
});

export const redirect = defineRule({
  id: 'nginx/redirect',
  title: 'Permanent and temporary redirects',
  docs: manual('permanent-redirect'),
  scope: 'location',
  becomes: 'redirect action of the routing table',
  reads: {
    temporal: at(`${PREFIX}temporal-redirect`, text),
    temporalCode: at(`${PREFIX}temporal-redirect-code`, goInt),
    permanent: at(`${PREFIX}permanent-redirect`, text),
    permanentCode: at(`${PREFIX}permanent-redirect-code`, goInt),
    relative: at(`${PREFIX}relative-redirects`, goBool),
    usePort: at(`${PREFIX}use-port-in-redirects`, goBool),
  },
  findings: redirectFindings,
  convert({ read }): RuleOutput<RedirectSetting> {
    const { temporal, temporalCode, permanent, permanentCode, relative, usePort } = read;
    const shape = selfBuilt(relative, 'relative-location');
    const port = selfBuilt(usePort, 'container-port');
    const settled: Settlement[] = [...shape, ...port];
    const findings: Finding[] = [];
    // The annotations are read in this order, and what is not read is not validated.
    if (temporal.state === 'valid') {
      const read = target(temporal.entry, temporalCode, 302, 307);
      if (read.kind === 'refused') return { refused: read.finding };
      for (const other of [permanent, permanentCode]) {
        settled.push(
          ...entryOf(other).flatMap((entry) => inert([entry], redirectFindings.overridden({ annotation: entry.name }, placeOf(entry)))),
        );
      }
      if (!/^https?/i.test(temporal.value) && !temporal.value.startsWith('$scheme')) {
        const finding = redirectFindings['not-absolute']({ value: temporal.value }, placeOf(temporal.entry));
        const entries = [temporal.entry, ...entryOf(temporalCode)];
        return { setting: { kind: 'off', entries }, settled: [...settled, ...inert(entries, finding)], findings: [finding] };
      }
      return {
        setting: { kind: 'redirect', redirect: read.redirect },
        routed: read.redirect.entries,
        settled: [...settled, ...read.settled],
        findings: read.findings,
      };
    }
    settled.push(...withoutPartner(temporalCode, 'temporal-redirect'));
    if (permanent.state === 'valid') {
      const read = target(permanent.entry, permanentCode, 301, 308);
      if (read.kind === 'refused') return { refused: read.finding };
      return {
        setting: { kind: 'redirect', redirect: read.redirect },
        routed: read.redirect.entries,
        settled: [...settled, ...read.settled],
        findings: read.findings,
      };
    }
    const refused = refusal(permanentCode, relative);
    if (refused !== null) return { refused };
    settled.push(...withoutPartner(permanentCode, 'permanent-redirect'));
    return { settled, findings };
  },
});

type Target =
  | { readonly kind: 'target'; readonly redirect: Redirect; readonly settled: readonly Settlement[]; readonly findings: readonly Finding[] }
  | { readonly kind: 'refused'; readonly finding: Finding };

function target(entry: Entry, code: Read<number>, usual: number, highest: number): Target {
  const codeRefused = refusal(code);
  if (codeRefused !== null) return { kind: 'refused', finding: codeRefused };
  const given = valueOr(code, usual);
  const status = given < 300 || given > highest ? usual : given;
  const settled =
    status === given
      ? []
      : entryOf(code).flatMap((own) =>
          inert([own], redirectFindings['code-replaced']({ annotation: own.name, value: own.value, status }, placeOf(own))),
        );
  const entries = [entry, ...(status === given ? entryOf(code) : [])];
  const parsed = redirectTarget(entry.value);
  const valid = urlChars.parse(entry.value);
  if (!valid.ok && parsed.kind !== 'request-uri') {
    const args = { annotation: entry.name, value: entry.value, reason: valid.reason };
    return { kind: 'refused', finding: valueFindings.refused(args, placeOf(entry)) };
  }
  const { scheme, host, port, path, query } = parsed;
  const redirect: Redirect = { status, scheme, host, port, path, query, entries };
  const findings: Finding[] = [];
  if (parsed.kind === 'request-uri') findings.push(redirectFindings['old-controller']({ value: entry.value }, placeOf(entry)));
  if (parsed.kind === 'relative-name') findings.push(redirectFindings['relative-name']({ value: entry.value }, placeOf(entry)));
  const ends = findings.flatMap((finding) => endAs('approximated', [entry], finding));
  return { kind: 'target', redirect, settled: [...settled, ...ends], findings };
}

/** Settings of the redirects that nginx builds itself: shown where they ask for something a Gateway does not do. */
function selfBuilt(read: Read<boolean>, code: 'relative-location' | 'container-port'): readonly Settlement[] {
  if (read.state === 'absent') return [];
  const { entry } = read;
  if (read.state === 'valid' && !read.value) return asDefault(read);
  if (read.state === 'invalid')
    return inert(
      [entry],
      valueFindings.invalid({ annotation: entry.name, value: entry.value, reason: read.reason, effect: 'false' }, placeOf(entry)),
    );
  return endAs('unmapped', [entry], redirectFindings[code]({ annotation: entry.name }, placeOf(entry)));
}
