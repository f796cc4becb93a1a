import { asWritten, type PolicyKind, withTargetRefs } from '../policy.ts';

const apiVersion = 'gateway.envoyproxy.io/v1alpha1';

export const GROUP = 'gateway.envoyproxy.io';

export const securityPolicy: PolicyKind = { apiVersion, kind: 'SecurityPolicy', role: 'routes', write: withTargetRefs };

export const httpRouteFilter: PolicyKind = { apiVersion, kind: 'HTTPRouteFilter', role: 'routes', write: asWritten };
