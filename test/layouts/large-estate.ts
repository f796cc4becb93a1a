import { readEstate } from '../../src/read/estate.ts';

/** 70 hosts with TLS and two of which several namespaces have rules, 40 namespaces, 200 rules on one host, three classes. */
export const NAMESPACES = Array.from({ length: 40 }, (_, index) => `team-${String(index).padStart(2, '0')}`);

interface Sketch {
  readonly namespace: string;
  readonly name: string;
  /** Absent: by annotation. */
  readonly className?: string;
  readonly host: string;
  readonly paths: readonly string[];
  readonly secret?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

function ingress({ namespace, name, className, host, paths, secret, annotations = {} }: Sketch): string {
  const backend = { service: { name: 'web', port: { number: 80 } } };
  return JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace, annotations },
    spec: {
      ...(className === undefined ? {} : { ingressClassName: className }),
      ...(secret === undefined ? {} : { tls: [{ hosts: [host], secretName: secret }] }),
      rules: [{ host, http: { paths: paths.map((path) => ({ path, pathType: 'Prefix', backend })) } }],
    },
  });
}

function sketches(): readonly Sketch[] {
  const of = (index: number) => NAMESPACES[index % NAMESPACES.length] ?? '';
  const hosts = Array.from({ length: 70 }, (_, index): Sketch => {
    const name = `h${String(index).padStart(2, '0')}`;
    return { namespace: of(index), name, className: 'public', host: `${name}.example.com`, paths: ['/'], secret: `tls-${name}` };
  });
  const paths = Array.from({ length: 200 }, (_, index) => `/p${String(index).padStart(3, '0')}`);
  return [
    ...hosts,
    { namespace: of(0), name: 'bulk', className: 'public', host: 'bulk.example.com', paths, secret: 'bulk-tls' },
    { namespace: of(1), name: 'both-a', className: 'public', host: 'both.example.com', paths: ['/a'], secret: 'both-tls' },
    { namespace: of(2), name: 'both-b', className: 'public', host: 'both.example.com', paths: ['/b'] },
    // One certificate for the names of one team.
    ...['x', 'y', 'z'].map(
      (name): Sketch => ({
        namespace: of(3),
        name,
        className: 'public',
        host: `${name}.wild.example.org`,
        paths: ['/'],
        secret: 'wild-tls',
      }),
    ),
    ...[0, 1, 2, 3, 4].map(
      (index): Sketch => ({
        namespace: of(index),
        name: 'internal',
        className: 'internal',
        host: `i${index}.corp.test`,
        paths: ['/'],
        annotations: { 'nginx.ingress.kubernetes.io/whitelist-source-range': '10.0.0.0/8' },
      }),
    ),
    {
      namespace: of(5),
      name: 'gce',
      host: 'g.example.net',
      paths: ['/'],
      secret: 'g-tls',
      annotations: { 'kubernetes.io/ingress.class': 'gce' },
    },
  ];
}

/** Manifests by file; `turn` moves the first to the end as many times, so that every order is one of its kind. */
function manifests(turn = 0): readonly { readonly file: string; readonly text: string }[] {
  const files = [
    ...NAMESPACES.map((name) => ({
      file: `${name}/namespace.yaml`,
      text: `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}, labels: {team: ${name}, gateway: public}}\n`,
    })),
    ...NAMESPACES.map((name) => ({
      file: `${name}/service.yaml`,
      text: `apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: ${name}}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n`,
    })),
    ...sketches().map((sketch) => ({ file: `${sketch.namespace}/${sketch.name}.json`, text: ingress(sketch) })),
  ];
  return [...files.slice(turn), ...files.slice(0, turn)];
}

/** `without`: ends of names of files that are left out. */
export function largeEstate(turn = 0, without = 'nothing') {
  return readEstate(
    manifests(turn).filter(({ file }) => !file.endsWith(without)),
    { defaultNamespace: 'default' },
  );
}
