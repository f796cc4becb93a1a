// Estates as companies have them: teams with namespaces, a few hosts that many Ingresses share, Services that several
// paths use, and applications with a host of their own. Always the same for the same number.

/** Annotations of the kinds that real estates use most; several of each vendor, so that rules of all kinds run. */
const NGINX = [
  (i) => ({ 'rewrite-target': '/$2', 'use-regex': 'true', 'proxy-read-timeout': String(30 + (i % 60)) }),
  (i) => ({ 'enable-cors': 'true', 'cors-allow-origin': `https://app-${i % 40}.example.com`, 'proxy-body-size': '8m' }),
  () => ({ 'force-ssl-redirect': 'true', 'proxy-connect-timeout': '5', 'proxy-buffering': 'off' }),
  () => ({ 'whitelist-source-range': '10.0.0.0/8,192.168.0.0/16', 'limit-rps': '20' }),
  () => ({ affinity: 'cookie', 'session-cookie-name': 'route', 'backend-protocol': 'HTTP' }),
  () => ({}),
];

const ALB = [
  () => ({ scheme: 'internet-facing', 'target-type': 'ip', 'healthcheck-path': '/healthz' }),
  () => ({ scheme: 'internal', 'listen-ports': '[{"HTTP": 80}, {"HTTPS": 443}]', 'ssl-redirect': '443' }),
];

/**
 * @param {number} count Ingresses, of four vendors in turn: half of them ingress-nginx, then ALB, GKE and NGINX Inc.'s
 * @param {{ only?: 'nginx' }} [options] `nginx`: those of ingress-nginx alone, the same documents as in the whole
 * @returns {string} one YAML stream: Ingresses, and the Services they send to
 */
export function estateText(count, { only } = {}) {
  const documents = [
    'apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: nginx}\nspec: {controller: k8s.io/ingress-nginx}\n',
  ];
  const services = new Map();
  for (let index = 0; index < count; index++) {
    const vendor = VENDORS[index % VENDORS.length];
    if (only !== undefined && vendor !== only) continue;
    const namespace = `team-${index % Math.max(1, Math.min(50, Math.ceil(count / 20)))}`;
    documents.push(ingress(index, namespace, vendor));
    for (const name of servicesOf(index)) services.set(`${namespace}/${name}`, service(namespace, name));
  }
  return [...documents, ...services.values()].join('---\n');
}

/** How many of them `only: 'nginx'` leaves. */
export function nginxShare(count) {
  return Array.from({ length: count }, (_, index) => VENDORS[index % VENDORS.length]).filter((vendor) => vendor === 'nginx').length;
}

const VENDORS = ['nginx', 'alb', 'nginx', 'gke', 'nginx', 'nginx-inc'];

/** Every third application lies under a host of its team, the others have one of their own. */
function hostOf(index) {
  return index % 3 === 0 ? `team-${index % 50}-${Math.floor(index / 300)}.example.com` : `app-${index}.example.com`;
}

function servicesOf(index) {
  return [`api-${index % 10}`, `web-${Math.floor(index / 100)}`];
}

function ingress(index, namespace, vendor) {
  const [api, web] = servicesOf(index);
  const host = hostOf(index);
  const isRegex = vendor === 'nginx' && index % NGINX.length === 0;
  const path = isRegex ? `/app-${index}(/|$)(.*)` : `/app-${index}`;
  const lines = Object.entries(annotationsOf(index, vendor)).map(([key, value]) => `    ${key}: ${JSON.stringify(value)}\n`);
  const tls = vendor === 'nginx' && index % 2 === 0 ? `  tls:\n  - hosts: [${host}]\n    secretName: tls-${index % 100}\n` : '';
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: app-${index}
  namespace: ${namespace}
  labels: {app.kubernetes.io/name: app-${index}, team: ${namespace}}
${lines.length === 0 ? '' : `  annotations:\n${lines.join('')}`}spec:
${CLASSES[vendor] === undefined ? '' : `  ingressClassName: ${CLASSES[vendor]}\n`}${tls}  rules:
  - host: ${host}
    http:
      paths:
      - path: ${path}
        pathType: ${isRegex ? 'ImplementationSpecific' : 'Prefix'}
        backend: {service: {name: ${api}, port: {number: 8080}}}
${index % 3 === 0 ? '' : `      - path: ${vendor === 'gke' ? '/*' : '/'}\n        pathType: ${vendor === 'gke' ? 'ImplementationSpecific' : 'Prefix'}\n        backend: {service: {name: ${web}, port: {number: 80}}}\n`}`;
}

const CLASSES = { nginx: 'nginx', alb: 'alb', 'nginx-inc': 'nginx-plus' };

function annotationsOf(index, vendor) {
  switch (vendor) {
    case 'nginx':
      return prefixed('nginx.ingress.kubernetes.io', NGINX[index % NGINX.length](index));
    case 'alb':
      return prefixed('alb.ingress.kubernetes.io', { ...ALB[index % ALB.length](index), 'group.name': `group-${Math.floor(index / 60)}` });
    case 'gke':
      return {
        'kubernetes.io/ingress.class': 'gce',
        'kubernetes.io/ingress.allow-http': 'false',
        'networking.gke.io/managed-certificates': `cert-${index % 30}`,
      };
    default:
      return prefixed('nginx.org', { 'proxy-connect-timeout': '30s', 'client-max-body-size': '4m', hsts: 'true' });
  }
}

function prefixed(prefix, values) {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [`${prefix}/${key}`, value]));
}

function service(namespace, name) {
  return `apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  selector: {app: ${name}}
  ports:
  - {name: http, port: 80, targetPort: 8080}
  - {name: api, port: 8080, targetPort: 8080}
`;
}
