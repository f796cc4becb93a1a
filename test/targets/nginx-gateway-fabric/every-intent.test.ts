import { nginxGatewayFabric } from '../../../src/targets/nginx-gateway-fabric/nginx-gateway-fabric.ts';
import { everyIntentIsAnswered } from '../envoy/every-intent.ts';

everyIntentIsAnswered(nginxGatewayFabric);
