import { cilium } from '../../src/targets/cilium/cilium.ts';
import { istio } from '../../src/targets/istio/istio.ts';
import { nginxGatewayFabric } from '../../src/targets/nginx-gateway-fabric/nginx-gateway-fabric.ts';
import { traefik } from '../../src/targets/traefik/traefik.ts';
import { intentsGoTogether } from './envoy/every-intent.ts';

for (const target of [cilium, istio, nginxGatewayFabric, traefik]) intentsGoTogether(target);
