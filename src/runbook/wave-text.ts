import type { Finding } from '../ledger/finding.ts';
import { sharedNames, todayText } from './addresses.ts';
import { freeCertificates, remove } from './delete-steps.ts';
import { dnsOf } from './external-dns.ts';
import type { Group } from './groups.ts';
import type { RunbookInput } from './input.ts';
import { code, listed, plainText, stepText, table } from './markdown.ts';
import { gatewaysOf, nameOf } from './names.ts';
import { LEVEL_TEXT } from './risk.ts';
import { lowerTtl, move, namedOf, test } from './wave-steps.ts';
import type { Wave } from './waves.ts';

export function waveText(wave: Wave, input: RunbookInput, before: readonly Wave[]): readonly string[] {
  const { number, groups } = wave;
  const label = `W${number}`;
  const named = namedOf(groups);
  const free = freeCertificates(groups, label, input);
  return [
    `### Wave ${number}: ${titleOf(groups.flatMap((group) => group.hosts))}`,
    table(
      ['hosts', 'Ingresses', 'address today', 'new Gateway', 'look at'],
      groups.map((group) => [
        group.hosts.map(hostText).join(', '),
        group.ingresses.map((ingress) => code(nameOf(ingress))).join(', '),
        todayText(group),
        gatewaysOf(group, input)
          .map(({ namespace, name }) => code(`${namespace}/${name}`))
          .join(', ') || 'none',
        group.risk.reasons.join('; ') || LEVEL_TEXT[group.risk.level],
      ]),
    ),
    ...notes(groups, input),
    ...decisions(wave, before),
    ...(named.length === 0
      ? ['No name leads to these rules by itself: they answer for whatever else points to the address. Move them last, with the address.']
      : []),
    ...test(groups, label, input),
    ...(named.length === 0 ? [] : [lowerTtl, move].flatMap((make) => stepText(make(groups, label, input)))),
    ...(free === null ? [] : stepText(free)),
    ...stepText(remove(groups, label, free === null ? 4 : 5, input)),
  ];
}

/** What is special about these names. */
function notes(groups: readonly Group[], input: RunbookInput): readonly string[] {
  const shared = groups.flatMap((group) => sharedNames(group, input));
  const tlsOnly = dnsOf(input).kind === 'absent' ? [] : groups.flatMap(namesOfTls);
  return [
    ...shared.map(
      ({ host, by }) =>
        `**${code(host)} is served by another load balancer as well**, through ${listed(by.map(code))}: its record leads to one of the two. Move it where it leads to this one, and let external-dns ignore both.`,
    ),
    ...(tlsOnly.length === 0
      ? []
      : [
          `external-dns publishes ${listed([...new Set(tlsOnly)].map(code))} from \`spec.tls\` as well, which no rule serves and no route has: that record goes with the Ingress.`,
        ]),
  ];
}

function namesOfTls({ ingresses }: Group): readonly string[] {
  return ingresses.flatMap(({ tls, rules }) =>
    tls.flatMap(({ hosts }) => hosts.filter((host) => !rules.some((rule) => rule.host === host))),
  );
}

/** What to do in full where it comes up first; each place in its own words, up to a few. */
function decisions({ groups }: Wave, before: readonly Wave[]): readonly string[] {
  const byCode = new Map<string, Finding[]>();
  for (const { risk } of groups)
    for (const finding of risk.findings) byCode.set(finding.code, [...(byCode.get(finding.code) ?? []), finding]);
  if (byCode.size === 0) return [];
  const lines = [...byCode].flatMap(([name, findings]) => {
    const first = before.find((wave) => wave.groups.some(({ risk }) => risk.findings.some((finding) => finding.code === name)));
    const messages = [...new Set(findings.map(({ message }) => message))];
    const more = messages.length > PLACES ? [`${messages.length - PLACES} more like these`] : [];
    const helps = new Set(findings.map(({ help }) => help));
    const [help = ''] = helps;
    const next = first === undefined ? help : `What to do: as in wave ${first.number}`;
    return [`  - ${code(name)}: ${plainText([...messages.slice(0, PLACES), ...more, next])}`];
  });
  return ['- [ ] To decide or to do before it moves (`gateshift explain CODE` and `gateshift check` say more):', lines.join('\n')];
}

const PLACES = 3;

function titleOf(hosts: readonly string[]): string {
  const shown = hosts.slice(0, 3).map((host) => host || 'any other host');
  return hosts.length > 3 ? `${shown.join(', ')} and ${hosts.length - 3} more` : listed(shown);
}

function hostText(host: string): string {
  return host === '' ? 'any other host' : code(host);
}
