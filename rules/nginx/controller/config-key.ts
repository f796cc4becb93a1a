/** Stands before the keys of the controller's ConfigMap that no annotation overrides. */
export const CONFIG_PREFIX = 'configmap:';

export function configKey(key: string): string {
  return `${CONFIG_PREFIX}${key}`;
}

/** The manual's page on the ConfigMap. */
export function configDocs(key: string): string {
  return `https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#${key}`;
}
