import { kgateway } from '../../../src/targets/kgateway/kgateway.ts';
import { everyIntentIsAnswered } from '../envoy/every-intent.ts';

everyIntentIsAnswered(kgateway);
