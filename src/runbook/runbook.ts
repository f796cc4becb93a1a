import type { RunbookInput } from './input.ts';
import { leftoverSection } from './leftovers.ts';
import { code, plainText, some, table } from './markdown.ts';
import { nameOf } from './names.ts';
import { ownershipSection } from './ownership.ts';
import { preludeSection } from './prelude.ts';
import { installSection, sideBySideSection } from './prepare.ts';
import { LEVEL_TEXT } from './risk.ts';
import { waveText } from './wave-text.ts';
import { type Wave, wavesOf } from './waves.ts';

/** The cut-over of an estate as Markdown: what to do in which order, what to look at before, and the way back. */
export function runbook(input: RunbookInput): string {
  const { waves, blocked } = wavesOf(input);
  return `${[
    '# Cut-over from Ingress to Gateway API',
    `${some(input.estate.ingresses.length, 'Ingress', 'Ingresses')}, ${some(hostCount(input), 'host', 'hosts')}, target ${input.target.name}${input.live === null ? '' : ', as the cluster had them when this was written'}, Gateway API ${input.release.version} (${input.release.channel}). Nothing of this was done: each step has a check, what it changes, and the way back.`,
    '## Order',
    'Hosts that share an Ingress move together. What is carried over as it is moves first, small before large, wildcards after the names that they cover; the first wave is a trial.',
    ...(waves.length === 0 ? [] : [orderTable(waves)]),
    ...(blocked.length === 0
      ? []
      : [
          '**Not to be moved yet**, since a protection would be lost or nothing was written; their Ingresses and controllers stay until then:',
          table(
            ['hosts', 'Ingresses', 'why'],
            blocked.map(({ hosts, ingresses, risk }) => [
              hosts.map((host) => (host === '' ? 'any other host' : code(host))).join(', '),
              ingresses.map((ingress) => code(nameOf(ingress))).join(', '),
              [...risk.reasons, ...risk.findings.map((finding) => code(finding.code))].join('; '),
            ]),
          ),
        ]),
    ...clusterText(input),
    ...preludeSection(input),
    ...installSection(input),
    ...sideBySideSection(input),
    ...ownershipSection(input),
    '## 4. Waves',
    ...(waves.length === 0
      ? ['There is nothing that can move.']
      : waves.flatMap((wave, index) => waveText(wave, input, waves.slice(0, index)))),
    ...leftoverSection(input),
  ].join('\n\n')}\n`;
}

/** What was found in the cluster, or could not be read of it; missing CRDs have a place of their own. */
function clusterText({ ledger }: RunbookInput): readonly string[] {
  const found = ledger.findings.filter(({ code: name }) => name.startsWith('cluster/') && !ELSEWHERE.includes(name));
  if (found.length === 0) return [];
  const lines = [...new Set(found.map(({ message, help }) => `- [ ] ${plainText([message, help])}`))];
  return ['**Of the cluster**, before anything else:', lines.join('\n')];
}

const ELSEWHERE: readonly string[] = ['cluster/no-crd', 'cluster/solvers'];

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
