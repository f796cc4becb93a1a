/** An Ingress of the AWS Load Balancer Controller for one path of one host, reached from the internet. */
export function alb(annotations: Readonly<Record<string, string>>, name = 'web'): string {
  return ingress('alb', 'alb.ingress.kubernetes.io', { scheme: 'internet-facing', 'target-type': 'ip', ...annotations }, name);
}

/** One of the NGINX controller, over HTTPS. */
export function nginx(annotations: Readonly<Record<string, string>>, name = 'web'): string {
  return ingress('nginx', 'nginx.ingress.kubernetes.io', annotations, name).replace(
    'spec:',
    'spec:\n  tls: [{ hosts: [a.example.com], secretName: tls }]',
  );
}

function ingress(className: string, prefix: string, annotations: Readonly<Record<string, string>>, name: string): string {
  return `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
  namespace: shop
  annotations: ${JSON.stringify(Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`${prefix}/${key}`, value])))}
spec:
  ingressClassName: ${className}
  rules:
    - host: ${name === 'web' ? 'a' : name}.example.com
      http:
        paths: [{ path: /, pathType: Prefix, backend: { service: { name: ${name}, port: { number: 80 } } } }]
`;
}
