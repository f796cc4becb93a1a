import type { GatewayPath, PortablePathChange } from '../../../src/route/path/index.ts';

/** Gateway API's own words: elements split by `/`, the trailing slash of a prefix ignored, case kept. */
export function gatewayMatches(path: Pick<GatewayPath, 'type' | 'value'>, request: string): boolean {
  if (path.type === 'Exact') return request === path.value;
  const wanted = elements(path.value);
  const given = elements(request);
  return wanted.every((element, i) => given[i] === element);
}

/** Exact first, then the longest prefix. */
export function gatewayChoice<T extends Pick<GatewayPath, 'type' | 'value'>>(rules: readonly T[], request: string): T | undefined {
  return rules
    .filter((rule) => gatewayMatches(rule, request))
    .sort((a, b) => Number(b.type === 'Exact') - Number(a.type === 'Exact') || elements(b.value).length - elements(a.value).length)[0];
}

export function gatewayRewrite(rule: Pick<GatewayPath, 'value'> & { readonly rewrite: PortablePathChange }, request: string): string {
  const { rewrite } = rule;
  if (rewrite.kind === 'none') return request;
  if (rewrite.kind === 'full') return rewrite.path;
  const rest = elements(request).slice(elements(rule.value).length);
  const slash = request.endsWith('/') && request !== '/' && rest.length === 0;
  const replaced = [...elements(rewrite.path), ...rest];
  return `/${replaced.join('/')}${(slash || (rest.length > 0 && request.endsWith('/'))) && replaced.length > 0 ? '/' : ''}`;
}

function elements(path: string): readonly string[] {
  return path.split('/').filter((element) => element !== '');
}
