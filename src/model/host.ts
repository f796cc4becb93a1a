/**
 * What the API server accepts as the host of a rule or of a TLS section: a DNS name in lower case, `*` only as its first
 * label, and no IP address.
 */
export function isValidHost(host: string): boolean {
  return host.length <= 253 && HOST.test(host) && !IPV4.test(host);
}

const LABEL = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const HOST = new RegExp(`^(?:\\*\\.)?${LABEL}(?:\\.${LABEL})*$`);
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/**
 * The first placeholder of a text that is to become a DNS name: `${VAR}`, `$(VAR)`, `$VAR`, `__VAR__`, `<<var>>`, `<var>`,
 * `{{ var }}`, `%VAR%`, `@VAR@`, `[VAR]`. Not for paths and annotation values, where some of them mean something.
 */
export function placeholderIn(text: string): string | null {
  return PLACEHOLDER.exec(text)?.[0] ?? null;
}

const PLACEHOLDER =
  /\$\{[^{}]*\}|\$\([^()]*\)|\$[A-Za-z_]\w*|__\w+?__|<<[^<>]*>>|<[^<>]+>|\{\{[^{}]*\}\}|%[A-Za-z_]\w*%|@[A-Za-z_]\w*@|\[[^[\]]+\]/;
