import { textOf } from '../../nginx-config/directive.ts';
import { endAs, placeOf } from '../settlement.ts';
import { alternativeTo } from './alternatives.ts';
import { snippetFindings } from './findings.ts';
import { asDefault, type Family, innermostOf } from './levels.ts';

/** What nginx does for itself: its log, and compression. */
export const switches: Family = {
  names: new Set(['access_log', 'gzip']),
  apply(levels, _scope, effects) {
    for (const directive of innermostOf(levels, effects, 'access_log')) {
      const { entry, name } = directive;
      if (directive.args[0] === 'off') effects.intents.push({ kind: 'accessLog', enabled: false, entries: [entry] });
      else {
        const args = { directive: textOf(directive), nearest: alternativeTo(name) ?? '' };
        effects.settled.push(...endAs('unmapped', [entry], snippetFindings['of-the-proxy'](args, placeOf(entry))));
      }
    }
    for (const directive of innermostOf(levels, effects, 'gzip')) {
      if (directive.args[0] === 'on') effects.intents.push({ kind: 'compression', enabled: true, entries: [directive.entry] });
      else asDefault(directive, effects);
    }
  },
};
