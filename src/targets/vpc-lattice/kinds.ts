import { type PolicyKind, withTargetRef } from '../policy.ts';

const apiVersion = 'application-networking.k8s.aws/v1alpha1';

export const PREFIX = 'application-networking.k8s.aws';

/** Of a Service: protocol and health check of its target groups. */
export const targetGroupPolicy: PolicyKind = { apiVersion, kind: 'TargetGroupPolicy', role: 'routes', write: withTargetRef };

/** Of a Gateway: the association of its service network with the cluster's VPC, and the firewall of that. */
export const vpcAssociationPolicy: PolicyKind = { apiVersion, kind: 'VpcAssociationPolicy', role: 'gateways', write: withTargetRef };

/** Of a Gateway: who may call the services of its service network. */
export const iamAuthPolicy: PolicyKind = { apiVersion, kind: 'IAMAuthPolicy', role: 'gateways', write: withTargetRef };

/** Of a Gateway, which is a service network: where its access logs go. */
export const accessLogPolicy: PolicyKind = { apiVersion, kind: 'AccessLogPolicy', role: 'gateways', write: withTargetRef };
