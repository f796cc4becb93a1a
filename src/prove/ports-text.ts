import { answerText } from './answer.ts';
import { differenceName, gravestFirst } from './differences.ts';
import { count, sourceText } from './phrases.ts';
import type { PortDiscrepancy, PortVerification } from './ports.ts';

/** `3 TCP and UDP ports compared, …`, and whether a list of addresses was lost. */
export function portLines({ compared, same, guarded, discrepancies }: PortVerification): readonly string[] {
  const announced = discrepancies.filter(({ explained }) => explained !== null).length;
  const lost = discrepancies.filter(({ differences }) => differences.includes('protection')).length;
  return [
    `${compared === 1 ? '1 TCP or UDP port' : `${count(compared)} TCP and UDP ports`} compared, ${count(same)} the same, ${count(discrepancies.length)} differ (${count(announced)} announced by the conversion, ${count(discrepancies.length - announced)} not)`,
    ...(lost > 0 ? [`${count(lost)} ${lost === 1 ? 'port is' : 'ports are'} open to addresses that it was closed to`] : []),
    ...(lost === 0 && guarded > 0
      ? [`${count(guarded)} of them ${guarded === 1 ? 'was' : 'were'} open to a list of addresses alone, and none is to others`]
      : []),
  ];
}

/** A block for each difference; announced ones with `all` only. */
export function portBlocks({ discrepancies }: PortVerification, all: boolean): readonly string[] {
  return discrepancies.filter(({ explained }) => all || explained === null).flatMap((item) => ['', ...block(item)]);
}

function block({ protocol, port, differences, before, after, beforeSource, afterSource, at, afterAt, explained }: PortDiscrepancy) {
  return [
    `${gravestFirst(differences).map(differenceName).join(', ')}: ${protocol} port ${port}`,
    `  before  ${answerText(before)}`,
    `          ${sourceText(beforeSource, at)}`,
    `  after   ${answerText(after)}`,
    `          ${sourceText(afterSource, afterAt)}`,
    explained === null ? '  nothing announced this' : `  announced: ${explained.code}: ${explained.message}`,
  ];
}
