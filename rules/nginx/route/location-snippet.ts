import type { Directive } from '../../nginx-config/directive.ts';
import { isOverriddenInLocations } from '../snippet/known.ts';
import { isRewriteDirective } from '../snippet/rewrite-directives.ts';
import type { Facts } from './facts.ts';

type Snippets = Pick<Facts, 'snippet' | 'configSnippets' | 'denied'>;

/** What stands in every location of an Ingress: its own snippet, and behind it that of the controller. */
export function locationDirectives({ snippet, configSnippets, denied }: Snippets): readonly Directive[] {
  if (denied) return [];
  return [...(snippet.configuration?.directives ?? []), ...(configSnippets.location?.directives ?? [])];
}

/** Those of them that nginx refuses because the controller has them in the location already. */
export function doubledDirectives({ snippet, configSnippets, denied }: Snippets): readonly Directive[] {
  if (denied) return [];
  return [...(snippet.configuration?.twice ?? []), ...(configSnippets.location?.twice ?? [])];
}

/** What holds from above all servers as far as server and location say nothing else. */
export function httpDirectives({ configSnippets }: Snippets): readonly Directive[] {
  return configSnippets.http.filter(({ name }) => !isOverriddenInLocations(name));
}

/** Neither a way for requests nor a place of its own. */
export function isDeclaration({ name }: Directive): boolean {
  return !isRewriteDirective(name) && name !== 'location';
}
