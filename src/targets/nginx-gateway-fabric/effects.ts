import type { ExtensionObject } from '../../gateway/types.ts';
import { type JsonObject, member } from '../../model/json.ts';
import { extensionFilters, NO_EFFECTS, type ReadEffects } from '../effects.ts';
import { authenticationFilter, GROUP } from './kinds.ts';

/** Of the objects that decide who is let in: the AuthenticationFilters that a rule names. Snippets may do anything. */
export const effects: ReadEffects = (objects) => {
  const filters = new Map(
    objects
      .filter((object): object is ExtensionObject => object.kind === authenticationFilter.kind && object.apiVersion.startsWith(`${GROUP}/`))
      .map(({ metadata, spec }) => [`${metadata.namespace ?? 'default'}/${metadata.name}`, (spec ?? {}) as JsonObject]),
  );
  return (place) => {
    const home = place.route.metadata.namespace ?? 'default';
    const named = extensionFilters(place).map(({ group, kind, name }) => ({
      name: `${kind} ${name}`,
      protection: group === GROUP && kind === authenticationFilter.kind ? protectionOf(filters.get(`${home}/${name}`)) : null,
    }));
    return {
      ...NO_EFFECTS,
      protections: named.flatMap(({ protection }) => protection ?? []),
      unknown: named.flatMap(({ name, protection }) => (protection === null ? [name] : [])),
    };
  };
};

function protectionOf(spec: JsonObject | undefined): string | null {
  switch (member(spec, 'type')) {
    case 'Basic':
      return member(member(member(spec, 'basic'), 'secretRef'), 'name') === undefined ? null : 'basicAuth';
    case 'JWT':
      return 'jwt';
    case 'OIDC':
      return 'oidc';
    default:
      return null;
  }
}
