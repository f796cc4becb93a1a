import type { RunbookInput } from './input.ts';
import { leftoverSection } from './leftovers.ts';
import { code, some, table } from './markdown.ts';
import { nameOf } from './names.ts';
import { ownershipSection } from './ownership.ts';
import { installSection, sideBySideSection } from './prepare.ts';
import { LEVEL_TEXT } from './risk.ts';
import { waveText } from './wave-text.ts';
import { type Wave, wavesOf } from './waves.ts';

/** The cut-over of an estate as Markdown: what to do in which order, what to look at before, and the way back. */
export function runbook(input: RunbookInput): string {
  const { waves, blocked } = wavesOf(input);
  return `${[
    '# Cut-over from Ingress to Gateway API',
    `${some(input.estate.ingresses.length, 'Ingress', 'Ingresses')}, ${some(hostCount(input), 'host', 'hosts')}, target ${input.target.name}, Gateway API ${input.release.version} (${input.release.channel}). Nothing of this was done: each step has a check, what it changes, and the way back. Commands run in one shell, from top to bottom.`,
    '## Order',
    'Hosts that share an Ingress move together. What is carried over as it is moves first, small before large, wildcards after the names that they cover; the first wave is a trial.',
    ...(waves.length === 0 ? [] : [orderTable(waves)]),
    ...(blocked.length === 0
      ? []
      : [
          '**Not to be moved yet**, since a protection would be lost; their Ingresses and controllers stay until then:',
          table(
            ['hosts', 'Ingresses', 'why'],
            blocked.map(({ hosts, ingresses, risk }) => [
              hosts.map((host) => (host === '' ? 'any other host' : code(host))).join(', '),
              ingresses.map((ingress) => code(nameOf(ingress))).join(', '),
              [...risk.reasons, ...risk.findings.map((finding) => code(finding.code))].join('; '),
            ]),
          ),
        ]),
    ...installSection(input),
    ...sideBySideSection(input),
    ...ownershipSection(input),
    '## 4. Waves',
    ...(waves.length === 0 ? ['There is nothing that can move.'] : waves.flatMap((wave) => waveText(wave, input))),
    ...leftoverSection(input),
  ].join('\n\n')}\n`;
}

function orderTable(waves: readonly Wave[]): string {
  return table(
    ['wave', 'hosts', 'Ingresses', 'risk'],
    waves.map(({ number, groups }) => {
      const hosts = groups.flatMap((group) => group.hosts);
      const shown = hosts.slice(0, 5).map((host) => (host === '' ? 'any other host' : code(host)));
      const [first] = groups;
      return [
        `${number}`,
        `${shown.join(', ')}${hosts.length > 5 ? ` and ${hosts.length - 5} more` : ''}`,
        String(new Set(groups.flatMap(({ ingresses }) => ingresses)).size),
        first === undefined ? '' : LEVEL_TEXT[first.risk.level],
      ];
    }),
  );
}

function hostCount({ tables }: RunbookInput): number {
  return new Set(tables.flatMap(({ hosts }) => hosts.map(({ host }) => host)).filter((host) => host !== '')).size;
}
