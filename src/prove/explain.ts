import type { Conversion } from '../convert.ts';
import type { Finding } from '../ledger/finding.ts';
import { takingHostnames } from './after/hostnames.ts';
import { type Circumstances, concernsRequest, isParticular } from './concerned.ts';
import { subjects } from './subjects.ts';
import type { Unlike } from './unlike.ts';

/**
 * Finds what announced a difference: findings that name every one of its classes, of the rules behind the two answers (of all
 * the host's, where neither side has a rule), of the host, or of the whole run. A lost protection is never explained away.
 */
export function explainer(conversion: Conversion): (unlike: Unlike, circumstances?: Circumstances) => Finding | null {
  const announcing = conversion.ledger.findings.filter(({ differs }) => differs.length > 0);
  const { ofRules, isAbout, isOfRules } = subjects(conversion, announcing);
  const byHost = new Map<string, Finding[]>();
  for (const finding of announcing) if (finding.host !== null && !isOfRules(finding)) append(byHost, finding.host, finding);
  const general = announcing.filter(({ ingress, host }) => ingress === null && host === null);
  const relevantTo = (unlike: Unlike): readonly Finding[] => {
    const { host, request } = unlike;
    // A finding about `*.a.test` is also about names below it that no host of the controller takes.
    const hosts = new Set([...(host === null ? [] : [host.host]), ...takingHostnames(request.host)]);
    // Of a setting that holds for several hosts one finding is kept.
    const own = ofRules(unlike).filter((finding) => finding.host === null || isOfRules(finding) || hosts.has(finding.host));
    return [...own, ...[...hosts].flatMap((each) => byHost.get(each) ?? []), ...general];
  };
  return (unlike, circumstances = NOTHING_TRIED) => {
    const { differences } = unlike;
    if (differences.includes('protection')) return null;
    const relevant = relevantTo(unlike)
      .filter((finding) => differences.some((difference) => finding.differs.includes(difference)))
      .filter((finding) => isAbout(finding, unlike) && concernsRequest(finding, unlike.request, circumstances))
      // What is about requests such as this one says more than what may be about any.
      .toSorted((a, b) => Number(isParticular(b)) - Number(isParticular(a)));
    const covering = differences.map((difference) => relevant.find((finding) => finding.differs.includes(difference)) ?? null);
    return covering.includes(null) ? null : (covering[0] ?? null);
  };
}

const NOTHING_TRIED: Circumstances = {
  vendor: 'nginx',
  isListened: false,
  wasLed: false,
  isSameDecoded: () => true,
  isSameInItsCase: () => true,
};

function append<K>(map: Map<K, Finding[]>, key: K, finding: Finding): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [finding]);
  else known.push(finding);
}
