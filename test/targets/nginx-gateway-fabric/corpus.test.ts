import { corpusKeepsItsPromises } from '../corpus-for.ts';

corpusKeepsItsPromises('nginx-gateway-fabric');
