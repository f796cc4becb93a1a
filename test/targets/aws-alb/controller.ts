import type { HTTPRoute, OutputObject } from '../../../src/gateway/types.ts';

/** Why the controller would build nothing of a Gateway, by what its documents say it refuses; one line for each. */
export function refusals(objects: readonly OutputObject[]): readonly string[] {
  const routes = objects.filter((object): object is HTTPRoute => object.kind === 'HTTPRoute');
  const listeners = objects.flatMap((object) =>
    object.kind === 'Gateway'
      ? (JSON.stringify(object)
          .match(/"tls":\{|certificateRefs/g)
          ?.map(() => `Gateway ${object.metadata.name} with tls`) ?? [])
      : [],
  );
  return [...listeners, ...routes.flatMap(ofRoute)];
}

function ofRoute({ metadata, spec }: HTTPRoute): readonly string[] {
  return spec.rules.flatMap((rule, index) => {
    const at = `${metadata.name} rules[${index}]`;
    const filters = rule.filters ?? [];
    const paths = (rule.matches ?? []).flatMap(({ path }) => path ?? []);
    const redirect = filters.find((filter) => filter.type === 'RequestRedirect')?.requestRedirect;
    return [
      ...filters
        .filter(({ type }) => !['RequestRedirect', 'URLRewrite', 'ExtensionRef'].includes(type))
        .map(({ type }) => `${at} has a filter ${type}`),
      ...(filters.filter(({ type }) => type === 'ExtensionRef').length > 1 ? [`${at} names several ListenerRuleConfigurations`] : []),
      ...paths.filter(({ type, value }) => type === 'PathPrefix' && /[*?]/.test(value)).map(({ value }) => `${at} has a prefix ${value}`),
      ...paths.filter(({ value }) => value.length > 128).map(({ value }) => `${at} has a path of ${value.length} characters`),
      ...paths
        .filter(({ type, value }) => type === 'RegularExpression' && !/^\^.*\$$/.test(value))
        .map(({ value }) => `${at} has an open pattern ${value}`),
      ...(rule.backendRefs ?? []).filter(({ weight = 1 }) => weight > 999).map(({ weight }) => `${at} has a weight ${weight}`),
      ...((rule.backendRefs ?? []).length > 5 ? [`${at} has ${rule.backendRefs?.length} backends`] : []),
      ...('timeouts' in rule || 'retry' in rule || 'sessionPersistence' in rule ? [`${at} has settings that are ignored`] : []),
      ...(redirect !== undefined && redirect.statusCode !== 301 && redirect.statusCode !== 302
        ? [`${at} redirects with ${redirect.statusCode}`]
        : []),
      ...(redirect?.path?.type === 'ReplacePrefixMatch' ? [`${at} replaces a prefix in a redirect`] : []),
      ...(redirect !== undefined && Object.keys(redirect).every((key) => key === 'statusCode') && filters.length === 1
        ? [`${at} leads back`]
        : []),
    ];
  });
}
