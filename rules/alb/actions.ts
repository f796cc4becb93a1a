import type { Entry } from '../../src/model/entry.ts';
import { family } from '../../src/rule/rule.ts';
import { jsonFindings, manual, PREFIX } from './annotation.ts';
import { boolean, type Decoder, integer, type JsonValue, json, listOf, objectOf, portOrName, text } from './json/decode.ts';
import { settingRule } from './setting.ts';

/** What a path (or the default backend) does that names it: `service.name` = name, `service.port.name` = use-annotation. */
export type AlbAction =
  | { readonly kind: 'fixed-response'; readonly status: number; readonly contentType: string | null; readonly body: string | null }
  | ({ readonly kind: 'redirect' } & AlbRedirect)
  | {
      readonly kind: 'forward';
      readonly groups: readonly AlbTargetGroup[];
      readonly stickiness: { readonly enabled: boolean; readonly durationSeconds: number | null } | null;
    };

/** Components as written; `#{protocol}`, `#{host}`, `#{port}`, `#{path}` and `#{query}` stand for those of the request. */
export interface AlbRedirect {
  readonly protocol: string;
  readonly port: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly status: number;
}

export interface AlbTargetGroup {
  readonly service: { readonly name: string; readonly port: number | string } | null;
  readonly arn: string | null;
  readonly name: string | null;
  readonly weight: number;
}

const fixedResponse = objectOf(
  ({ required, optional, fail }) => {
    const code = required('statusCode', text, '503');
    if (!/^[245]\d\d$/.test(code)) fail(`statusCode "${code}" is none that an ALB answers with: 2XX, 4XX or 5XX`);
    return { status: Number(code), contentType: optional('contentType', text), body: optional('messageBody', text) };
  },
  ['statusCode', 'contentType', 'messageBody'],
);

const redirect = objectOf<AlbRedirect>(
  ({ required, optional, fail }) => {
    const code = required('statusCode', text, 'HTTP_302');
    const port = optional('port', text) ?? '#{port}';
    const protocol = optional('protocol', text) ?? '#{protocol}';
    if (code !== 'HTTP_301' && code !== 'HTTP_302') fail(`statusCode "${code}" is none of HTTP_301 and HTTP_302`);
    if (port !== '#{port}' && !(/^\d+$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535)) fail(`"${port}" is no port`);
    if (!['HTTP', 'HTTPS', '#{protocol}'].includes(protocol)) fail(`"${protocol}" is none of HTTP, HTTPS and #{protocol}`);
    return {
      protocol,
      port,
      host: optional('host', text) ?? '#{host}',
      path: optional('path', text) ?? '/#{path}',
      query: optional('query', text) ?? '#{query}',
      status: code === 'HTTP_301' ? 301 : 302,
    };
  },
  ['protocol', 'port', 'host', 'path', 'query', 'statusCode'],
);

const targetGroup = objectOf(
  ({ optional, fail }) => {
    const name = optional('serviceName', text);
    const port = optional('servicePort', portOrName);
    const arn = optional('targetGroupARN', text);
    const groupName = optional('targetGroupName', text);
    if (name !== null && port === null) fail(`"${name}" has no servicePort`);
    if (name === null && arn === null && groupName === null)
      fail('a target group needs a serviceName, a targetGroupARN or a targetGroupName');
    const weight = optional('weight', integer);
    if (weight !== null && (weight < 0 || weight > 999)) fail(`weight ${weight} is not within 0 and 999`);
    return { service: name === null ? null : { name, port: port ?? 0 }, arn, name: groupName, weight };
  },
  ['serviceName', 'servicePort', 'targetGroupARN', 'targetGroupName', 'weight'],
);

const stickiness = objectOf(
  ({ optional }) => ({ enabled: optional('enabled', boolean) ?? false, durationSeconds: optional('durationSeconds', integer) }),
  ['enabled', 'durationSeconds'],
);

const forward = objectOf(
  ({ required, optional, fail }) => {
    const groups = required('targetGroups', listOf(targetGroup), []);
    if (groups.length > 5) fail(`${groups.length} target groups are more than the 5 that one action takes`);
    if (groups.length > 1 && groups.some(({ weight }) => weight === null)) fail('each of several target groups needs a weight');
    return {
      groups: groups.map((group): AlbTargetGroup => ({ ...group, weight: group.weight ?? 1 })),
      stickiness: optional('targetGroupStickinessConfig', stickiness),
    };
  },
  ['targetGroups', 'targetGroupStickinessConfig'],
);

const CONFIGS = ['fixedResponseConfig', 'redirectConfig', 'forwardConfig'];

const action: Decoder<AlbAction> = objectOf<AlbAction>(
  ({ required, optional, fail }) => {
    const type = required('type', text, 'forward');
    const [arn, name] = [optional('targetGroupARN', text), optional('targetGroupName', text)];
    switch (type) {
      case 'fixed-response':
        return {
          kind: 'fixed-response',
          ...required('fixedResponseConfig', fixedResponse, { status: 503, contentType: null, body: null }),
        };
      case 'redirect':
        return { kind: 'redirect', ...required('redirectConfig', redirect, NO_REDIRECT) };
      case 'forward': {
        const config = optional('forwardConfig', forward);
        if (config !== null) return { kind: 'forward', ...config };
        if (arn === null && name === null) fail('a forward action needs a forwardConfig, a targetGroupARN or a targetGroupName');
        return { kind: 'forward', groups: [{ service: null, arn, name, weight: 1 }], stickiness: null };
      }
      default:
        fail(`"${type}" is no type of action: forward, redirect or fixed-response`);
        return { kind: 'fixed-response', status: 503, contentType: null, body: null };
    }
  },
  ['type', 'targetGroupARN', 'targetGroupName', ...CONFIGS],
);

const NO_REDIRECT: AlbRedirect = { protocol: '', port: '', host: '', path: '', query: '', status: 302 };

const START = `${PREFIX}actions.`;

/** Custom actions, as the controller reads their JSON: member names without regard to case, types strictly. */
export const actions = settingRule({
  id: 'alb/actions',
  title: 'Custom actions: forward by weight, redirect, fixed response',
  docs: manual('actions'),
  scope: 'location',
  becomes: 'the action of a rule',
  reads: { byName: family(START, json('action', action)) },
  findings: { malformed: jsonFindings.malformed, 'unknown-member': jsonFindings['unknown-member'] },
});

/** null = there is no such annotation. */
export function actionNamed(
  name: string,
  annotations: readonly Entry[],
): { readonly entry: Entry; readonly value: JsonValue<AlbAction> } | null {
  const entry = annotations.find((each) => each.name === `${START}${name}` && each.value !== '' && each.malformed !== true);
  const parsed = entry === undefined ? null : actions.reads.byName.codec.parse(entry.value);
  return entry !== undefined && parsed?.ok === true ? { entry, value: parsed.value } : null;
}
