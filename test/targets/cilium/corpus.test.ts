import { corpusKeepsItsPromises } from '../corpus-for.ts';

corpusKeepsItsPromises('cilium');
