import { text } from '../../../src/rule/codec.ts';
import { at, defineRule } from '../../../src/rule/rule.ts';
import { entriesOf, readSnippet } from '../../nginx-config/directive.ts';
import { manual, PREFIX } from '../annotation.ts';
import { dropsSnippets } from '../controller/admission.ts';
import { endAs, inert, placeOf } from '../settlement.ts';
import { droppedSnippet } from './checked.ts';
import { snippetFindings } from './findings.ts';

/** All of them together stand in the block of TCP and UDP servers, which belong to no Ingress. */
export const streamSnippet = defineRule({
  id: 'nginx/stream-snippet',
  title: 'Raw nginx configuration of TCP and UDP servers',
  docs: manual('stream-snippet'),
  scope: 'ingress',
  becomes: 'a finding for each directive',
  reads: { snippet: at(`${PREFIX}stream-snippet`, text) },
  findings: { stream: snippetFindings.stream, dropped: snippetFindings.dropped, empty: snippetFindings.empty },
  convert({ read: { snippet: read }, estate, options }) {
    if (read.state !== 'valid') return {};
    if (dropsSnippets(estate, options)) {
      const { settled, findings } = droppedSnippet(read.entry);
      return { settled, findings };
    }
    const { annotation, directives } = readSnippet(read.entry);
    const parts = entriesOf(directives);
    if (parts.length === 0)
      return { settled: inert([annotation], snippetFindings.empty({ annotation: annotation.name }, placeOf(annotation))) };
    const settled = parts.flatMap((entry) =>
      endAs(
        'unmapped',
        [entry],
        snippetFindings.stream({ directive: `${entry.name.replace(/^\S+ /, '')} ${entry.value}`.trim() }, placeOf(entry)),
      ),
    );
    return { settled, divided: [{ whole: annotation, parts }] };
  },
});
