import type { Outcome } from '../../ledger/outcome.ts';

/** Good news first; what needs hands is together at the end. */
const ORDER: readonly Outcome[] = ['converted', 'inert', 'waived', 'approximated', 'manual', 'unknown', 'unmapped'];

const MEANING: Readonly<Record<Outcome, string>> = {
  converted: 'same behaviour',
  inert: 'had no effect before',
  waived: 'accepted',
  approximated: 'differs in a stated way',
  manual: 'a person has to act',
  unknown: 'the vendor has no such setting',
  unmapped: 'this target cannot express it',
};

type Counts = Readonly<Record<Outcome, number>>;

/** One bar, its parts as wide as their share. */
export function outcomeBar(counts: Counts): string {
  const total = ORDER.reduce((sum, outcome) => sum + counts[outcome], 0);
  let from = 0;
  const parts = ORDER.filter((outcome) => counts[outcome] > 0).map((outcome) => {
    const width = (counts[outcome] / total) * 1000;
    const part = `<rect class="${outcome}" x="${round(from)}" y="0" width="${round(width)}" height="10"><title>${counts[outcome]} ${outcome}</title></rect>`;
    from += width;
    return part;
  });
  const label = ORDER.filter((outcome) => counts[outcome] > 0).map((outcome) => `${counts[outcome]} ${outcome}`);
  return `<svg class="outcomebar" role="img" aria-label="${label.join(', ')}" viewBox="0 0 1000 10" preserveAspectRatio="none">${parts.join('')}</svg>`;
}

export function outcomeLegend(counts: Counts): string {
  const items = ORDER.filter((outcome) => counts[outcome] > 0).map(
    (outcome) =>
      `<li><a href="#/settings?outcome=${outcome}"><span class="dot ${outcome}"></span>${counts[outcome]} ${outcome}</a> <small>${MEANING[outcome]}</small></li>`,
  );
  return `${outcomeBar(counts)}<ul class="legend">${items.join('')}</ul>`;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
