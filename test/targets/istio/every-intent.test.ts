import { istio } from '../../../src/targets/istio/istio.ts';
import { everyIntentIsAnswered } from '../envoy/every-intent.ts';

everyIntentIsAnswered(istio);
