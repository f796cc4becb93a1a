import type { AnyRule } from '../../src/rule/rule.ts';

export const annotationRules: readonly AnyRule[] = [];
