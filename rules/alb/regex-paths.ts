import { goBool } from '../../src/rule/codec.ts';
import { at } from '../../src/rule/rule.ts';
import { manual, PREFIX } from './annotation.ts';
import type { Member } from './group.ts';
import { type Found, found, readFrom, settingRule } from './setting.ts';

export const regexPaths = settingRule({
  id: 'alb/use-regex-path-match',
  title: 'Paths as regular expressions',
  docs: manual('use-regex-path-match'),
  scope: 'ingress',
  becomes: 'paths of type ImplementationSpecific as patterns',
  reads: { enabled: at(`${PREFIX}use-regex-path-match`, goBool) },
});

export function usesRegex({ annotations }: Member): Found<boolean> | null {
  return found(readFrom(regexPaths.reads.enabled, annotations));
}
