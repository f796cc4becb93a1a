import { text } from '../../../src/rule/codec.ts';
import { at, defineRule } from '../../../src/rule/rule.ts';
import { entriesOf, readSnippet } from '../../nginx-config/directive.ts';
import { manual, PREFIX, valueFindings, withoutPartner } from '../annotation.ts';
import { beside } from '../beside.ts';
import { endAs, inert, placeOf } from '../settlement.ts';
import { snippetFindings } from './findings.ts';

/** Stands in the location from which the authentication service is asked. */
export const authSnippet = defineRule({
  id: 'nginx/auth-snippet',
  title: 'Raw nginx configuration of the authentication request',
  docs: manual('external-authentication'),
  scope: 'location',
  becomes: 'a finding for each directive',
  reads: { snippet: at(`${PREFIX}auth-snippet`, text) },
  findings: { auth: snippetFindings.auth, empty: snippetFindings.empty, ...valueFindings },
  convert({ read: { snippet: read }, ingress }) {
    if (read.state !== 'valid') return {};
    if (beside(ingress, 'auth-url') === null) return { settled: withoutPartner(read, 'auth-url') };
    const { annotation, directives } = readSnippet(read.entry);
    const parts = entriesOf(directives);
    if (parts.length === 0)
      return { settled: inert([annotation], snippetFindings.empty({ annotation: annotation.name }, placeOf(annotation))) };
    const settled = parts.flatMap((entry) =>
      endAs(
        'unmapped',
        [entry],
        snippetFindings.auth({ directive: `${entry.name.replace(/^\S+ /, '')} ${entry.value}`.trim() }, placeOf(entry)),
      ),
    );
    return { settled, divided: [{ whole: annotation, parts }] };
  },
});
