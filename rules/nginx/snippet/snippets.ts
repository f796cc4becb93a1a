import { type Read, text } from '../../../src/rule/codec.ts';
import { at, defineRule } from '../../../src/rule/rule.ts';
import { entriesOf } from '../../nginx-config/directive.ts';
import { manual, PREFIX } from '../annotation.ts';
import { dropsSnippets } from '../controller/admission.ts';
import { type CheckedSnippet, checkSnippet, droppedSnippet, NO_SNIPPET, type ValidSnippet } from './checked.ts';
import { snippetFindings } from './findings.ts';

/** The directives that nginx takes, of the two snippets that stand among the controller's own configuration. */
export interface SnippetSetting {
  /** In every location of the Ingress. */
  readonly configuration: ValidSnippet | null;
  /** In the server of every host, where it is the first. */
  readonly server: ValidSnippet | null;
}

/** Each directive is a setting of its own. What they do depends on the host and the path: the router follows them. */
export const snippets = defineRule({
  id: 'nginx/snippet',
  title: 'Raw nginx configuration',
  docs: manual('configuration-snippet'),
  scope: 'location',
  becomes: 'rules, redirects and intents of the routing table; rawAccessControl for what restricts and cannot be converted',
  reads: { configuration: at(`${PREFIX}configuration-snippet`, text), server: at(`${PREFIX}server-snippet`, text) },
  findings: snippetFindings,
  convert({ read, estate, options }) {
    const isDropped = dropsSnippets(estate, options);
    const configuration = checked(read.configuration, 'location', isDropped);
    const server = checked(read.server, 'server', isDropped);
    const setting: SnippetSetting = { configuration: configuration.snippet, server: server.snippet };
    const isAny = setting.configuration !== null || setting.server !== null;
    return {
      ...(isAny ? { setting } : {}),
      intents: configuration.intents,
      hostIntents: server.intents,
      routed: [setting.configuration, setting.server].flatMap((each) => entriesOf([...(each?.directives ?? []), ...(each?.twice ?? [])])),
      divided: [...configuration.divided, ...server.divided],
      settled: [...configuration.settled, ...server.settled],
      findings: [...configuration.findings, ...server.findings],
    };
  },
});

function checked(read: Read<string>, context: 'location' | 'server', isDropped: boolean): CheckedSnippet {
  if (read.state !== 'valid') return NO_SNIPPET;
  return isDropped ? droppedSnippet(read.entry) : checkSnippet(read.entry, context);
}
