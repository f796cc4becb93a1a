/** The Gateway API that is installed where the output will be applied. */
export interface Release {
  readonly version: GatewayApiVersion;
  readonly channel: Channel;
}

export const GATEWAY_API_VERSIONS = ['1.4', '1.5', '1.6'] as const;
export type GatewayApiVersion = (typeof GATEWAY_API_VERSIONS)[number];

export const CHANNELS = ['standard', 'experimental'] as const;
export type Channel = (typeof CHANNELS)[number];
