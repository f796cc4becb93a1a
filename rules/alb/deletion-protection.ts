import type { Ingress } from '../../src/model/ingress.ts';
import type { Automation } from '../../src/rule/automation.ts';
import { PREFIX } from './annotation.ts';

const NAME = `${PREFIX}load-balancer-attributes`;

/**
 * Whether the Ingress asks for deletion protection. The controller then refuses to build a group that this Ingress is to leave
 * (`inactiveMembers` in pkg/ingress/model_builder.go), so that nothing of the group changes any more.
 */
export function deletionProtectionOf(ingress: Ingress): Automation['deletionProtection'] {
  const value = ingress.annotations.find(({ name }) => name === NAME)?.value;
  if (value === undefined) return null;
  const attributes = value.split(',').map((text) => text.trim());
  const others = attributes.filter((text) => !/^deletion_protection\.enabled\s*=/.test(text));
  const isOn = attributes.some((text) => /^deletion_protection\.enabled\s*=\s*(?:1|t|true)$/i.test(text));
  return isOn ? { name: NAME, without: others.join(',') || null } : null;
}
