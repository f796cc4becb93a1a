import type { Pack } from '../../src/rule/pack.ts';
import { PREFIX } from './annotation.ts';
import { annotationRules } from './annotations.ts';
import { inherit } from './controller/inherit.ts';
import { withUsualPrefix } from './controller/prefix.ts';
import { controllerRules } from './controller/rules.ts';
import { defaults } from './defaults.ts';
import { route } from './route/router.ts';
import { routingRules } from './routing-rules.ts';

/** ingress-nginx of the Kubernetes project, as of v1.15. */
export const nginx: Pack = {
  vendor: 'nginx',
  title: 'ingress-nginx',
  controllers: ['k8s.io/ingress-nginx'],
  classNames: ['nginx'],
  prefixes: [PREFIX],
  rules: [...routingRules, ...annotationRules, ...controllerRules],
  defaults,
  normalise: withUsualPrefix,
  inherit,
  route,
};
