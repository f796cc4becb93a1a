import { overlap } from '../../../src/route/path/index.ts';
import type { PathMatch } from '../../../src/route/table.ts';
import type { Location } from './location.ts';
import { type HostContext, locationRules } from './location-rules.ts';
import type { PlacedLocation } from './snippet-location-order.ts';

/** `/foo` of a prefix is an exact location of its own, which nginx takes before patterns of snippets. */
export function bareLocations(
  locations: readonly Location[],
  ofServer: readonly PlacedLocation[],
  context: HostContext,
): readonly PlacedLocation[] {
  const patterns = ofServer.flatMap(({ kind, match }) => (kind === 'pattern' && match !== undefined ? [match] : []));
  return locations.flatMap((location): readonly PlacedLocation[] => {
    const { path, type } = location;
    const exact: PathMatch = { kind: 'exact', value: path };
    if (type === 'exact' || path.endsWith('/') || patterns.every((pattern) => overlap(pattern, exact) === false)) return [];
    return [{ kind: 'exact', path, isOfController: true, rules: locationRules(location, path, 'itself', exact, context) }];
  });
}
