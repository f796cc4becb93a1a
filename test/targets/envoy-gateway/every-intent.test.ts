import { envoyGateway } from '../../../src/targets/envoy-gateway/envoy-gateway.ts';
import { everyIntentIsAnswered } from '../envoy/every-intent.ts';

everyIntentIsAnswered(envoyGateway);
