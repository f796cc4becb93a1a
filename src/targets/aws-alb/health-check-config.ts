import type { AwsHealthCheck } from '../../intent/aws.ts';
import type { JsonObject } from '../../model/json.ts';

/** Every value is written: the defaults for Gateways are others (three tries up and down, 200 to 399). */
export function healthCheckConfig(check: AwsHealthCheck): JsonObject {
  return {
    healthCheckPath: check.path,
    healthCheckPort: isKnownPort(check.port) ? check.port : 'traffic-port',
    healthCheckProtocol: check.protocol,
    healthCheckInterval: check.intervalSeconds,
    healthCheckTimeout: check.timeoutSeconds,
    healthyThresholdCount: check.healthyThreshold,
    unhealthyThresholdCount: check.unhealthyThreshold,
    matcher: check.codesAre === 'grpc' ? { grpcCode: check.codes } : { httpCode: check.codes },
  };
}

/** A name of a port that could not be resolved is none. */
export function isKnownPort(port: string): boolean {
  return port === 'traffic-port' || /^\d+$/.test(port);
}
