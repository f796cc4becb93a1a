import type { Json } from '../../model/json.ts';

/**
 * What kubectl prints of Secrets: namespace, name, type and the names of the keys, never a value. The values stay in kubectl's
 * memory; this program never receives them.
 */
export const SECRETS_TEMPLATE =
  'go-template={{range .items}}{{printf "%q %q %q" .metadata.namespace .metadata.name .type}}{{range $key, $value := .data}}{{printf " %q" $key}}{{end}}{{"\\n"}}{{end}}';

/** Kinds of Secrets that no Ingress can refer to, and that are the many and large ones. */
export const SECRETS_FIELDS =
  '--field-selector=type!=helm.sh/release.v1,type!=kubernetes.io/service-account-token,type!=bootstrap.kubernetes.io/token';

/** The printed lines as objects, with empty values. A line that is none is passed over. */
export function secretsIn(text: string): readonly Json[] {
  return text.split('\n').flatMap((line) => {
    const words = [...line.matchAll(/"(?:[^"\\]|\\.)*"/g)].flatMap(([word]) => unquoted(word) ?? []);
    const [namespace, name, type, ...keys] = words;
    if (namespace === undefined || name === undefined || type === undefined) return [];
    const data = Object.fromEntries(keys.map((key) => [key, '']));
    return [{ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, type, data }];
  });
}

/** Go's quoting is JSON's for all that a name can be made of. */
function unquoted(word: string): string | null {
  try {
    const value: unknown = JSON.parse(word);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}
