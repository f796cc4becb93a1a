import type { Pack } from '../../src/rule/pack.ts';
import { rowsAsRules } from '../../src/rule/row-rules.ts';
import type { AnyRule } from '../../src/rule/rule.ts';
import { COM, manual, ORG } from './annotation.ts';
import { appRoot } from './app-root.ts';
import { backendProtocol } from './backend-protocol.ts';
import { effectives } from './effects.ts';
import { https } from './https.ts';
import { ingressShape } from './ingress-shape.ts';
import { listenPorts } from './listen-ports.ts';
import { mergeable } from './mergeable.ts';
import { pathRegex } from './paths.ts';
import { requestHeaders } from './request-headers.ts';
import { addedHeaders } from './response-headers.ts';
import { rewrites } from './rewrites.ts';
import { routerOf } from './route/router.ts';
import { comRows, orgRows } from './rows.ts';
import { stickyCookies } from './sticky-cookies.ts';

const section = () => manual('backend-services-upstreams');
const rows: readonly AnyRule[] = [
  ...rowsAsRules({ vendor: 'nginx-inc', controller: 'the controller', prefix: ORG, docs: section }, orgRows),
  ...rowsAsRules({ vendor: 'nginx-inc', controller: 'the controller', prefix: COM, docs: section }, comRows),
];

const behaviours: readonly AnyRule[] = [
  addedHeaders,
  appRoot,
  backendProtocol,
  https,
  listenPorts,
  mergeable,
  pathRegex,
  requestHeaders,
  rewrites,
  stickyCookies,
  ...effectives,
].map(({ rule }) => rule);

const annotated = [...behaviours, ...rows];
const namesOf = (rules: readonly AnyRule[]) =>
  new Set(rules.flatMap(({ reads }) => Object.values(reads).map(({ annotation }) => annotation)));

/** The controller of NGINX Inc. (F5), `nginx/kubernetes-ingress`, as of v5.5. */
export const nginxInc: Pack = {
  vendor: 'nginx-inc',
  title: "NGINX Inc.'s Ingress Controller",
  controllers: ['nginx.org/ingress-controller'],
  classNames: [],
  prefixes: [ORG, COM, 'appprotect.f5.com/', 'appprotectdos.f5.com/'],
  rules: [ingressShape(namesOf(annotated)), ...annotated],
  route: routerOf(namesOf(behaviours)),
};
