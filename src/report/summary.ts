import type { ReportInput } from './input.ts';
import { baselineLine } from './shown.ts';

/** Lines whose numbers add up: Ingresses, objects, and every setting by how it ended. */
export function summaryLines({ summary, ledger, target, lost, baseline }: ReportInput): readonly string[] {
  const { entries } = summary;
  const total = Object.values(entries).reduce((sum, count) => sum + count, 0);
  const statuses = (['converted', 'partial', 'withheld', 'skipped'] as const)
    .map((status) => [status, ledger.ingresses.filter((ingress) => ingress.status === status).length] as const)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${count} ${status}`);
  const objects = Object.entries(summary.objects).map(([kind, count]) => some(count, kind, plural(kind)));
  const settings = [
    `${entries.converted} of ${total} settings carried over`,
    `${entries.approximated} approximated`,
    `${entries.manual} manual`,
    `${entries.unmapped - lost} unmapped`,
    ...(entries.unknown > 0 ? [`${entries.unknown} unknown`] : []),
    ...(entries.waived > 0 ? [`${entries.waived} waived`] : []),
    ...(entries.inert > 0 ? [`${entries.inert} without effect before`] : []),
    `${lost} lost`,
  ];
  if (summary.files === 0 && summary.liveObjects === 0) return ['nothing was read, so nothing was written'];
  return [
    `${some(summary.ingresses, 'Ingress', 'Ingresses')} in ${sourceText(summary)}: ${statuses.join(', ') || 'none'}`,
    `${objects.join(', ') || 'nothing'} for Gateway API ${target.gatewayApi} (${target.channel}), target ${target.label}${summary.withheld > 0 ? `; ${summary.withheld} ${summary.withheld === 1 ? 'route' : 'routes'} withheld` : ''}`,
    settings.join('; '),
    ...(baseline === null ? [] : [baselineLine(baseline)]),
  ];
}

function sourceText({ files, liveObjects }: ReportInput['summary']): string {
  const cluster = `the cluster (${some(liveObjects, 'object', 'objects')} read)`;
  if (liveObjects === 0) return some(files, 'file', 'files');
  return files === 0 ? cluster : `${some(files, 'file', 'files')} and ${cluster}`;
}

function some(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

function plural(kind: string): string {
  if (kind.endsWith('y') && !kind.endsWith('ay')) return `${kind.slice(0, -1)}ies`;
  return kind.endsWith('s') ? `${kind}es` : `${kind}s`;
}
