import type { Directive } from '../../nginx-config/directive.ts';
import { access } from './access.ts';
import { type Effects, type Family, type Levels, noEffects, type Scope } from './levels.ts';
import { limits } from './limits.ts';
import { requestHeaders } from './request-headers.ts';
import { responseHeaders } from './response-headers.ts';
import { leaveRest } from './rest.ts';
import { isAccessDirective } from './restricting.ts';
import { isRewriteDirective } from './rewrite-directives.ts';
import { switches } from './switches.ts';
import { transfer } from './transfer.ts';

const FAMILIES: readonly Family[] = [access, limits, requestHeaders, responseHeaders, switches, transfer];

/** What the directives of a place do that are in force there whatever the order they stand in. */
export function effectsOf(levels: Levels, scope: Scope): Effects {
  const effects = noEffects();
  for (const family of FAMILIES) family.apply(levels, scope, effects);
  leaveRest([...levels.http, ...levels.server, ...levels.location, ...levels.inner].filter(isOfNoFamily), effects);
  return effects;
}

function isOfNoFamily({ name }: Directive): boolean {
  return !isRewriteDirective(name) && name !== 'location' && !isAccessDirective(name) && !FAMILIES.some(({ names }) => names.has(name));
}
