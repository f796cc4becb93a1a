import type { RouteRule } from '../route/table.ts';

/** Whether what the rule sends to its backends is gRPC. */
export function speaksGrpc({ intents }: Pick<RouteRule, 'intents'>): boolean {
  return intents.some(
    (each) =>
      (each.kind === 'awsBackendProtocol' && each.version === 'GRPC') ||
      (each.kind === 'backendProtocol' && (each.protocol === 'GRPC' || each.protocol === 'GRPCS')),
  );
}
