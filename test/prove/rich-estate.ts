/** One Ingress for each behaviour that implementations have objects of their own for, and the Services and Secrets behind. */
const ingress = (name: string, annotations: Readonly<Record<string, string>>): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
  namespace: shop
  annotations: ${JSON.stringify(Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`nginx.ingress.kubernetes.io/${key}`, value])))}
spec:
  ingressClassName: nginx
  tls: [{ hosts: [${name}.example.com], secretName: ${name}-tls }]
  rules:
    - host: ${name}.example.com
      http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: ${name}, port: { number: 80 } } } }
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: { app: ${name} }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
`;

export const RICH_ESTATE = [
  ingress('basic', { 'auth-type': 'basic', 'auth-secret': 'users', 'auth-secret-type': 'auth-file' }),
  ingress('asked', { 'auth-url': 'http://auth.shop.svc.cluster.local:8080/verify', 'auth-response-headers': 'X-User, X-Group' }),
  ingress('listed', { 'whitelist-source-range': '10.0.0.0/8, 192.168.0.0/16' }),
  ingress('denied', { 'denylist-source-range': '203.0.113.0/24, 198.51.100.0/24' }),
  ingress('shared', { 'enable-cors': 'true', 'cors-allow-origin': 'https://a.example.com, https://b.example.com' }),
  ingress('limited', { 'limit-rps': '5', 'limit-connections': '10', 'proxy-body-size': '2m' }),
  ingress('slow', { 'proxy-read-timeout': '300', 'proxy-connect-timeout': '5', 'proxy-next-upstream-tries': '3' }),
  ingress('sticky', { affinity: 'cookie', 'session-cookie-name': 'route', 'upstream-hash-by': '$remote_addr' }),
  ingress('secure', {
    'backend-protocol': 'HTTPS',
    'proxy-ssl-secret': 'shop/ca',
    'proxy-ssl-verify': 'on',
    'proxy-ssl-name': 'secure.internal',
  }),
  ingress('verified', { 'auth-tls-secret': 'shop/clients', 'auth-tls-verify-client': 'on' }),
].join('---\n');
