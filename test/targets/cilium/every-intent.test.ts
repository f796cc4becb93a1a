import { cilium } from '../../../src/targets/cilium/cilium.ts';
import { everyIntentIsAnswered } from '../envoy/every-intent.ts';

everyIntentIsAnswered(cilium);
