import { defineFindings, type NoArgs } from '../../ledger/finding.ts';
import { approximated, converted, type Lower, placeOf, unmapped } from '../lowering.ts';
import { loadBalancer, parts } from './fragments.ts';

const find = defineFindings('aws-alb', {
  'rate-limit/none': {
    level: 'warning',
    message: (a: { requests: number; per: string }) =>
      `the limit of ${a.requests} requests a ${a.per} and client is not carried over: the load balancer counts no requests`,
    help: () =>
      'A rate-based rule of AWS WAF comes nearest (aws wafv2 create-web-acl, RateBasedStatement: at least 10 requests in one to ten minutes, for each address): name the web ACL in the LoadBalancerConfiguration.',
    differs: ['status'],
  },
  'connection-limit/none': {
    level: 'warning',
    message: (a: { connections: number }) =>
      `the limit of ${a.connections} connections for each client is not carried over: the load balancer has none`,
    help: () => 'A rate-based rule of AWS WAF comes nearest, which counts requests.',
    differs: ['status'],
  },
  'bandwidth-limit/none': {
    level: 'warning',
    message: (_: NoArgs) => 'responses are no longer slowed down: the load balancer does not limit bandwidth',
    help: () => 'Let the backend do it, or serve large files from CloudFront or S3.',
  },
  'body-size/none': {
    level: 'warning',
    message: (a: { bytes: number }) =>
      `bodies above ${a.bytes} bytes reach the backend: the load balancer does not limit the size of requests`,
    help: () => 'Let the backend limit it. AWS WAF can block by size (SizeConstraintStatement) up to what it inspects, 8 to 64 KB.',
    differs: ['status'],
  },
  'connect-timeout/fixed': {
    level: 'note',
    message: (a: { ms: number }) => `the time to connect to a backend (${a.ms} ms) cannot be set: the load balancer gives up after 10 s`,
    differs: ['status'],
  },
  'idle-timeout/whole': {
    level: 'note',
    message: (a: { direction: string; seconds: number }) =>
      `the longest silence while ${a.direction} (${a.seconds} s) became idle_timeout.timeout_seconds of the whole load balancer, both ways and towards clients too; of several the longest counts`,
    help: () => 'Other routes behind the same Gateway keep silent connections as long; give this one a Gateway of its own if that matters.',
    differs: ['status'],
  },
  'idle-timeout/range': {
    level: 'warning',
    message: (a: { ms: number }) => `a silence of ${a.ms} ms is outside what the load balancer takes: 1 to 4000 seconds`,
    help: () => 'Let long requests send something in between, or answer at once and let clients ask again.',
    differs: ['status'],
  },
  'request-timeout/none': {
    level: 'warning',
    message: (a: { ms: number }) =>
      `the limit of ${a.ms} ms for a whole request is not carried over: the load balancer bounds silences only`,
    help: () => 'Let the backend or its clients end requests that take too long.',
    differs: ['status'],
  },
  'retry/none': {
    level: 'warning',
    message: (a: { tries: string }) => `trying ${a.tries} times is not carried over: the load balancer sends a request once`,
    help: () =>
      'Clients see errors of single pods: make these leave gracefully (a preStop hook, readiness gates), or let clients try again.',
    differs: ['status'],
  },
});

export const rateLimit: Lower<'rateLimit'> = (intent, context) =>
  unmapped(find['rate-limit/none']({ requests: intent.requests, per: intent.per }, placeOf(intent, context)));

export const connectionLimit: Lower<'connectionLimit'> = (intent, context) =>
  unmapped(find['connection-limit/none']({ connections: intent.perClient }, placeOf(intent, context)));

export const bandwidthLimit: Lower<'bandwidthLimit'> = (intent, context) =>
  unmapped(find['bandwidth-limit/none']({}, placeOf(intent, context)));

export const bodySize: Lower<'bodySize'> = (intent, context) =>
  intent.bytes === 0 ? converted({}) : unmapped(find['body-size/none']({ bytes: intent.bytes }, placeOf(intent, context)));

export const connectTimeout: Lower<'connectTimeout'> = (intent, context) =>
  unmapped(find['connect-timeout/fixed']({ ms: intent.ms }, placeOf(intent, context)));

export const idleTimeout: Lower<'idleTimeout'> = (intent, context) => {
  const place = placeOf(intent, context);
  const seconds = Math.ceil(intent.ms / 1000);
  if (seconds < 1 || seconds > 4000) return unmapped(find['idle-timeout/range']({ ms: intent.ms }, place));
  const direction = intent.direction === 'read' ? 'reading from a backend' : 'sending to a backend';
  return approximated(
    parts(loadBalancer({ idleTimeouts: { [seconds]: true } })),
    find['idle-timeout/whole']({ direction, seconds }, place),
  );
};

export const requestTimeout: Lower<'requestTimeout'> = (intent, context) =>
  intent.ms === 0 ? converted({}) : unmapped(find['request-timeout/none']({ ms: intent.ms }, placeOf(intent, context)));

export const retry: Lower<'retry'> = (intent, context) => {
  if (intent.tries === 1 || intent.on.includes('off')) return converted({});
  return unmapped(find['retry/none']({ tries: intent.tries === 0 ? 'any number of' : String(intent.tries) }, placeOf(intent, context)));
};
