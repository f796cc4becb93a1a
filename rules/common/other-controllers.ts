import type { Difference } from '../../src/ledger/finding.ts';
import { defineFindings } from '../../src/ledger/finding.ts';
import type { Ingress } from '../../src/model/ingress.ts';
import { CLASS_ANNOTATION } from '../../src/rule/claim.ts';
import type { ToolRule } from '../../src/rule/pack.ts';
import { CONTROLLERS, type Controller } from './controllers.ts';
import { annotationOf, nowhere, placeOf } from './outputs.ts';

/** Whatever a controller's annotation can do, except that a lost protection is never taken for explained. */
const ANYTHING: readonly Difference[] = [
  'unreachable',
  'wrong-backend',
  'wrong-path',
  'redirect',
  'wider',
  'narrower',
  'weight',
  'status',
  'headers',
];

const find = defineFindings('tool/other-controller', {
  'not-its-own': {
    level: 'note',
    message: (a: { name: string; controller: string; class: string }) =>
      `${a.name} belongs to ${a.controller}, which does not serve Ingresses of class "${a.class}"`,
  },
  'perhaps-its-own': {
    level: 'warning',
    message: (a: { name: string; controller: string }) =>
      `${a.name} belongs to ${a.controller}; the Ingress names no class, so ${a.controller} may be what serves it, and what the annotation does was not carried over`,
    help: (a) =>
      `If ${a.controller} serves it, what it does has to be written by hand, above all where it protects something. If not, remove it.`,
    security: true,
    differs: ANYTHING,
  },
  'its-own': {
    level: 'warning',
    message: (a: { name: string; controller: string; class: string }) =>
      `${a.name} is a setting of ${a.controller}, which serves class "${a.class}"; with plain Ingress semantics it was not carried over`,
    help: () => 'Write by hand what it does, above all where it protects something.',
    security: true,
    differs: ANYTHING,
  },
});

function ruleOf(controller: Controller): ToolRule {
  return {
    id: `tool/other-controller-${controller.title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`,
    title: `Annotations of ${controller.title} on Ingresses of others`,
    docs: 'https://kubernetes.io/docs/concepts/services-networking/ingress-controllers/',
    annotations: controller.prefixes,
    convert(entry, ingress) {
      const ofClass = classOf(ingress);
      const args = { name: entry.key, controller: controller.title };
      if (ofClass === null) return nowhere('manual', find['perhaps-its-own'](args, placeOf(entry)));
      if (controller.classes.test(ofClass.toLowerCase()))
        return nowhere('manual', find['its-own']({ ...args, class: ofClass }, placeOf(entry)));
      return nowhere('inert', find['not-its-own']({ ...args, class: ofClass }, placeOf(entry)));
    },
  };
}

export function classOf(ingress: Ingress): string | null {
  return ingress.className?.value ?? annotationOf(ingress, CLASS_ANNOTATION);
}

export const otherControllerRules: readonly ToolRule[] = CONTROLLERS.map(ruleOf);
