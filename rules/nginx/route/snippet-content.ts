import type { Entry } from '../../../src/model/entry.ts';
import { resolveBackend } from '../../../src/route/backend.ts';
import type { Action, PathMatch, Rewrite } from '../../../src/route/table.ts';
import { type Directive, textOf } from '../../nginx-config/directive.ts';
import { endAs, placeOf } from '../settlement.ts';
import type { Content } from '../snippet/content.ts';
import { snippetFindings } from '../snippet/findings.ts';
import type { HostContext } from './location-rules.ts';

export function respond(status: number): Action {
  return { kind: 'respond', status, contentType: null, body: null };
}

/** What a location of a snippet answers with. */
export function actionOf(content: Content, match: PathMatch, rewrite: Rewrite | null, { estate }: HostContext): Action {
  switch (content.kind) {
    case 'nothing':
    case 'purge':
      return respond(404);
    case 'other':
      return respond(200);
    case 'service': {
      const { namespace, service, port, path, directive } = content;
      const entries: readonly Entry[] = [directive.entry];
      const backend = resolveBackend({ namespace, service, port, entries }, estate, { targetPorts: false });
      // The path behind the host takes the place of the location's own text.
      const replaced: Rewrite | null =
        path === null || (match.kind !== 'regex' && match.kind !== 'glob' && match.value === path)
          ? null
          : match.kind === 'exact'
            ? { kind: 'full', path, entries }
            : { kind: 'prefix', path, entries };
      return { kind: 'forward', backends: [backend], rewrite: rewrite ?? replaced };
    }
    default:
      return content satisfies never;
  }
}

export function reportContent(content: Content, location: Directive, { host, books }: HostContext): void {
  switch (content.kind) {
    case 'nothing':
    case 'service':
      return;
    case 'purge':
    case 'other': {
      const what = content.kind === 'purge' ? 'it removes copies from a cache that is not carried over' : content.what;
      const finding = snippetFindings['answered-by-nginx']({ location: textOf(location), what }, { ...placeOf(location.entry), host });
      books.findings.push(finding);
      books.settled.push(...endAs('unmapped', [location.entry, content.directive.entry], finding));
      return;
    }
    default:
      content satisfies never;
  }
}
