import { traefik } from '../../../src/targets/traefik/traefik.ts';
import { everyIntentIsAnswered } from '../envoy/every-intent.ts';

everyIntentIsAnswered(traefik);
