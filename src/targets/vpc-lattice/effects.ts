import type { OutputObject } from '../../gateway/types.ts';
import { isObject, type Json, member } from '../../model/json.ts';
import { portableEffects, type ReadEffects } from '../effects.ts';
import { PREFIX, vpcAssociationPolicy } from './kinds.ts';

/** Filters do nothing. Security groups of the association with the VPC stand in front of every service of a Gateway. */
export const effects: ReadEffects = (objects) => {
  const guarded = new Set(objects.flatMap(guardedGateways));
  const portable = portableEffects(objects);
  return (place) => {
    const { metadata, kind } = place.owner;
    const isGuarded = kind === 'Gateway' && guarded.has(`${metadata.namespace ?? 'default'}/${metadata.name}`);
    return { ...portable(place), protections: isGuarded ? ['awsSecurityGroups'] : [] };
  };
};

function guardedGateways(object: OutputObject): readonly string[] {
  if (object.kind !== vpcAssociationPolicy.kind || !object.apiVersion.startsWith(`${PREFIX}/`)) return [];
  const { spec } = object as { spec?: Json };
  const [target, groups] = [member(spec, 'targetRef'), member(spec, 'securityGroupIds')];
  const name = member(target, 'name');
  const isOn = Array.isArray(groups) && groups.length > 0 && member(spec, 'associateWithVpc') !== false;
  return isObject(target) && isOn && member(target, 'kind') === 'Gateway' && typeof name === 'string'
    ? [`${object.metadata.namespace ?? 'default'}/${name}`]
    : [];
}
