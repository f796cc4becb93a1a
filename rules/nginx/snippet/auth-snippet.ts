import type { Intent } from '../../../src/intent/intent.ts';
import type { Finding } from '../../../src/ledger/finding.ts';
import type { Settlement } from '../../../src/ledger/outcome.ts';
import { text } from '../../../src/rule/codec.ts';
import { at, defineRule } from '../../../src/rule/rule.ts';
import { type Directive, entriesOf, textOf } from '../../nginx-config/directive.ts';
import { manual, valueFindings, withoutPartner } from '../annotation.ts';
import { beside } from '../beside.ts';
import { dropsSnippets } from '../controller/admission.ts';
import { endAs, inert, placeOf } from '../settlement.ts';
import { alternativeTo, isTuning } from './alternatives.ts';
import { AUTH_SNIPPET, authHeader } from './auth-request.ts';
import { checkSnippet, droppedSnippet } from './checked.ts';
import { snippetFindings as find } from './findings.ts';
import { restrictionOf, restrictsFinding } from './levels.ts';
import { refuses } from './restricting.ts';

/**
 * Stands in the location from which the authentication service is asked, behind the controller's own headers. What answers there
 * answers in the place of the service: 2xx lets a request in.
 */
export const authSnippet = defineRule({
  id: 'nginx/auth-snippet',
  title: 'Raw nginx configuration of the authentication request',
  docs: manual('external-authentication'),
  scope: 'location',
  becomes: 'headers of externalAuth; rawAccessControl for what refuses requests; else a finding for each directive',
  reads: { snippet: at(AUTH_SNIPPET, text) },
  findings: { ...find, 'without-partner': valueFindings['without-partner'] },
  convert({ read: { snippet: read }, ingress, estate, options }) {
    if (read.state !== 'valid') return {};
    if (beside(ingress, 'auth-url') === null) return { settled: withoutPartner(read, 'auth-url') };
    const isDropped = read.entry.ingress !== null && dropsSnippets(estate, options);
    const { snippet, divided, intents, settled, findings } = isDropped ? droppedSnippet(read.entry) : checkSnippet(read.entry, 'auth');
    const ends = (snippet?.directives ?? []).map(endOf);
    return {
      divided,
      intents: [...intents, ...ends.flatMap((end) => end.intents ?? [])],
      settled: [...settled, ...ends.flatMap((end) => end.settled ?? [])],
      findings: [...findings, ...ends.flatMap((end) => end.findings ?? [])],
    };
  },
});

interface End {
  readonly intents?: readonly Intent[];
  readonly settled?: readonly Settlement[];
  readonly findings?: readonly Finding[];
}

/** Of a directive with its block. Constant headers go with the intent of the authentication itself. */
function endOf(directive: Directive): End {
  const { name, entry } = directive;
  const entries = entriesOf([directive]);
  const place = placeOf(entry);
  const written = { directive: textOf(directive) };
  const header = authHeader(directive);
  if (header !== null) {
    switch (header.kind) {
      case 'constant':
        return header.header.value === '' ? { settled: endAs('unmapped', entries, find.auth(written, place)) } : {};
      case 'passed':
        return { settled: inert(entries, find.default(written, place)) };
      case 'sent-twice':
        return { settled: endAs('unmapped', entries, find['auth-sent-twice'](written, place)) };
      case 'variable':
        return { settled: endAs('unmapped', entries, find['auth-variable']({ ...written, variable: header.name }, place)) };
      default:
        return header satisfies never;
    }
  }
  if (refuses(directive)) {
    const intent: Intent = { kind: 'rawAccessControl', language: 'nginx', restricts: restrictionOf(directive), entries };
    return { intents: [intent], findings: [restrictsFinding(directive, 'it is asked before the authentication service')] };
  }
  if (answersItself(directive))
    return { settled: endAs('unmapped', entries, find['auth-lets-in']({ directive: restrictionOf(directive) }, place)) };
  if (isTuning(name) || /^proxy_(cache|(connect|read|send)_timeout$)/.test(name)) {
    const nearest = alternativeTo(name) ?? '';
    return { settled: endAs('unmapped', entries, find['of-the-proxy']({ ...written, nearest }, place)) };
  }
  return { settled: endAs('unmapped', entries, find.auth(written, place)) };
}

function answersItself({ name, block }: Directive): boolean {
  return name === 'return' || name === 'rewrite' || (block?.some(answersItself) ?? false);
}
