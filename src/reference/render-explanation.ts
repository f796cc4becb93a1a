import type { ExplainedAnnotation, Explanation } from './explain.ts';
import type { FindingText } from './finding-text.ts';

/** The words for a known key or code. */
export function explanationText(explanation: Exclude<Explanation, { kind: 'unknown' }>): string {
  switch (explanation.kind) {
    case 'annotation':
      return explanation.found.map(annotationText).join('\n');
    case 'finding':
      return findingBlock(explanation.finding);
    case 'findings':
      return `${explanation.findings.map(findingBlock).join('\n')}`;
    default:
      return explanation satisfies never;
  }
}

function annotationText({ annotation, findings }: ExplainedAnnotation): string {
  const { name, vendor, rule, title, scope, takes, becomes, docs, outcomes } = annotation;
  const lines = [
    name,
    `  ${title} (rule ${rule})`,
    '',
    `  vendor   ${vendor ?? 'any: read by a tool beside the controller'}`,
    ...(takes === '' ? [] : [`  takes    ${takes}`]),
    `  governs  ${SCOPES[scope]}`,
    `  becomes  ${becomes}`,
    ...Object.entries(outcomes).map(([target, ends]) => `  on ${target}: ${ends.join(', ')}`),
    `  manual   ${docs}`,
  ];
  const reports =
    findings.length === 0
      ? []
      : ['', '  Its rule reports:', ...findings.map(({ code, message }) => `    ${code}${message === '' ? '' : `  ${message}`}`)];
  return `${[...lines, ...reports].join('\n')}\n`;
}

const SCOPES: Readonly<Record<ExplainedAnnotation['annotation']['scope'], string>> = {
  location: 'each path of its Ingress',
  host: 'the whole host, whichever Ingress sets it',
  upstream: 'the backend, wherever it is used',
  ingress: 'its Ingress as a whole',
  tool: 'what the tool makes of it',
};

function findingBlock({ code, level, message, help, security, differs }: FindingText): string {
  const lines = [
    `${level}[${code}]`,
    ...(message === '' ? [] : [`  ${message}`]),
    ...(help === '' ? [] : [`  = ${help}`]),
    ...(security ? ['  Ignoring it can open something that was closed.'] : []),
    ...(differs.length === 0 ? [] : [`  Traffic may differ: ${differs.join(', ')}.`]),
  ];
  return `${lines.join('\n')}\n`;
}
