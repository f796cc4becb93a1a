import { corpusKeepsItsPromises } from '../corpus-for.ts';

corpusKeepsItsPromises('envoy-gateway');
