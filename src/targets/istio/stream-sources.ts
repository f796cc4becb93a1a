import type { ExtensionObject } from '../../gateway/types.ts';
import { type Json, member } from '../../model/json.ts';
import { parseRange, rangeText } from '../address-ranges.ts';
import type { Dialect } from '../dialect.ts';
import { type ReadStreamEffects, specOf } from '../effects.ts';
import { textsOf } from './coverage.ts';
import { authorizationPolicy } from './kinds.ts';

/** Whoever is not on the list is refused at the port: an ALLOW policy would refuse the other ports of the Gateway. */
export const streamSources: NonNullable<Dialect['streamSources']> = ({ protocol, port, ranges }) => {
  const parsed = ranges.map(parseRange).filter((range) => range !== null);
  if (protocol !== 'TCP' || parsed.length !== ranges.length) return null;
  const rules = [{ from: [{ source: { notRemoteIpBlocks: parsed.map(rangeText) } }], to: [{ operation: { ports: [String(port)] } }] }];
  return { policy: authorizationPolicy, spec: { action: 'DENY', rules }, on: 'gateway' };
};

/** Of the policies of the Gateway, those that say nothing but which addresses are refused at the port. */
export const streamEffects: ReadStreamEffects =
  (objects) =>
  ({ owner, listener }) => {
    const policies = objects.filter(
      (object): object is ExtensionObject =>
        object.kind === authorizationPolicy.kind && object.metadata.namespace === owner.metadata.namespace && names(specOf(object), owner),
    );
    const rules = policies.flatMap((object): readonly Json[] => {
      const spec = specOf(object);
      const list = member(spec, 'rules');
      return member(spec, 'action') === 'DENY' && Array.isArray(list) ? list : [];
    });
    return rules.map((rule) => admittedBy(rule, listener.port)).find((admitted) => admitted.length > 0) ?? null;
  };

function names(spec: Json, { kind, metadata }: { readonly kind: string; readonly metadata: { readonly name: string } }): boolean {
  const refs = member(spec, 'targetRefs');
  return Array.isArray(refs) && refs.some((ref) => member(ref, 'kind') === kind && member(ref, 'name') === metadata.name);
}

function admittedBy(rule: Json, port: number): readonly string[] {
  const [source, ...others] = itemsOf(rule, 'from', 'source');
  const operations = itemsOf(rule, 'to', 'operation');
  const isHere = operations.some(
    (operation) => Object.keys(operation ?? {}).join() === 'ports' && textsOf(member(operation, 'ports')).includes(String(port)),
  );
  const isAlone = member(rule, 'when') === undefined && others.length === 0 && Object.keys(source ?? {}).length === 1;
  return isHere && isAlone ? textsOf(member(source, 'notRemoteIpBlocks')) : [];
}

function itemsOf(rule: Json, list: 'from' | 'to', item: 'source' | 'operation'): readonly (Json | undefined)[] {
  const items = member(rule, list);
  return Array.isArray(items) ? items.map((each) => member(each, item)) : [];
}
