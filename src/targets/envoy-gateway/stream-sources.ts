import { type Json, member } from '../../model/json.ts';
import { parseRange, rangeText } from '../address-ranges.ts';
import type { Dialect } from '../dialect.ts';
import { type ReadStreamEffects, specOf } from '../effects.ts';
import { isBefore } from '../versions.ts';
import { securityPolicy } from './kinds.ts';

/** A SecurityPolicy takes TCPRoutes, for authorization by address alone (`validateSecurityPolicyForTCP`); UDPRoutes it does not. */
export const streamSources: NonNullable<Dialect['streamSources']> = ({ protocol, ranges, version }) => {
  const parsed = ranges.map(parseRange).filter((range) => range !== null);
  const isOld = version !== undefined && isBefore({ version }, '1.7');
  if (protocol !== 'TCP' || isOld || parsed.length !== ranges.length) return null;
  const rules = [{ action: 'Allow', principal: { clientCIDRs: parsed.map(rangeText) } }];
  return { policy: securityPolicy, spec: { authorization: { defaultAction: 'Deny', rules } } };
};

/** The SecurityPolicy that names the route: its `Allow` rules by address, where everybody else is denied. */
export const streamEffects: ReadStreamEffects =
  (objects) =>
  ({ route }) => {
    const admitted = objects
      .filter(({ kind, metadata }) => kind === securityPolicy.kind && metadata.namespace === route.metadata.namespace)
      .map(specOf)
      .filter((spec) => refersTo(spec, route))
      .map((spec) => admittedBy(member(spec, 'authorization')));
    return admitted.find((ranges) => ranges !== null) ?? null;
  };

function refersTo(spec: Json, { kind, metadata }: { readonly kind: string; readonly metadata: { readonly name: string } }): boolean {
  const refs = member(spec, 'targetRefs');
  return Array.isArray(refs) && refs.some((ref) => member(ref, 'kind') === kind && member(ref, 'name') === metadata.name);
}

function admittedBy(authorization: Json | undefined): readonly string[] | null {
  const rules = member(authorization, 'rules');
  if (authorization === undefined || (member(authorization, 'defaultAction') ?? 'Deny') !== 'Deny' || !Array.isArray(rules)) return null;
  const allowing = rules
    .filter((rule) => member(rule, 'action') === 'Allow')
    .map((rule) => member(member(rule, 'principal'), 'clientCIDRs'));
  // Without a list of addresses a rule admits everybody.
  if (!allowing.every((ranges) => Array.isArray(ranges))) return null;
  return allowing.flatMap((ranges) => (Array.isArray(ranges) ? ranges.filter((range) => typeof range === 'string') : []));
}
