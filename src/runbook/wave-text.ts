import { freeCertificates, remove } from './delete-steps.ts';
import type { Group } from './groups.ts';
import type { RunbookInput } from './input.ts';
import { code, listed, stepText, table } from './markdown.ts';
import { gatewaysOf, nameOf } from './names.ts';
import { lowerTtl, move } from './record-steps.ts';
import { LEVEL_TEXT } from './risk.ts';
import { test } from './test-step.ts';
import type { Wave } from './waves.ts';

export function waveText(wave: Wave, input: RunbookInput): readonly string[] {
  const { number, groups } = wave;
  const hosts = groups.flatMap((group) => group.hosts);
  const findings = new Map(groups.flatMap(({ risk }) => risk.findings).map((finding) => [finding.code, finding]));
  return [
    `### Wave ${number}: ${titleOf(hosts)}`,
    table(
      ['hosts', 'Ingresses', 'routes', 'Gateway', 'risk'],
      groups.map((group) => [
        group.hosts.map(hostText).join(', '),
        group.ingresses.map((ingress) => code(nameOf(ingress))).join(', '),
        String(group.rules),
        gatewaysOf(group, input)
          .map(({ namespace, name }) => code(`${namespace}/${name}`))
          .join(', ') || 'none',
        [LEVEL_TEXT[group.risk.level], ...group.risk.reasons].join('; '),
      ]),
    ),
    ...(findings.size === 0
      ? []
      : [
          '- [ ] To decide or to do before it moves (`gateshift explain CODE` says more):',
          [...findings.values()].map(({ code: name, message, help }) => `  - ${code(name)}: ${plainText([message, help])}`).join('\n'),
        ]),
    ...groups.flatMap((group, index) =>
      groupSteps(group, `W${number}${groups.length === 1 ? '' : String.fromCharCode(97 + index)}`, input),
    ),
  ];
}

function titleOf(hosts: readonly string[]): string {
  const shown = hosts.slice(0, 3).map((host) => host || 'any other host');
  return hosts.length > 3 ? `${shown.join(', ')} and ${hosts.length - 3} more` : listed(shown);
}

function hostText(host: string): string {
  return host === '' ? 'any other host' : code(host);
}

/** Sentences of findings name things from manifests: none of it is markup. */
function plainText(sentences: readonly string[]): string {
  const ended = sentences.filter((sentence) => sentence !== '').map((sentence) => sentence.replace(/[^.!?]$/, '$&.'));
  const text = ended.join(' ');
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|]/g, (char) => (char === '<' ? '&lt;' : char === '>' ? '&gt;' : `\\${char}`));
}

function groupSteps(group: Group, label: string, input: RunbookInput): readonly string[] {
  const named = group.hosts.filter((host) => host !== '');
  const steps = [
    test(group, label, input),
    ...(named.length === 0 ? [] : [lowerTtl, move].map((make) => make(group, label, named, input))),
  ];
  const free = freeCertificates(group, label, input);
  return [
    ...(named.length === 0
      ? ['No name leads to these rules by itself: they answer for whatever else points to the address. Move them last, with the address.']
      : []),
    ...steps.flatMap((step) => ('act' in step ? stepText(step) : step.lines)),
    ...(free === null ? [] : stepText(free)),
    ...stepText(remove(group, label, named, input)),
  ];
}
