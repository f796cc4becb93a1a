import type { AwsIntent } from '../../src/intent/intent.ts';
import { defineFindings } from '../../src/ledger/finding.ts';
import { at } from '../../src/rule/rule.ts';
import { jsonFindings, manual, PREFIX, placeOf } from './annotation.ts';
import { type Books, settle } from './books.ts';
import type { Listener, Member } from './group.ts';
import { exclusive } from './group-value.ts';
import { boolean, integer, json, listOf, objectOf, text } from './json/decode.ts';
import { type Found, malformed, readFrom, settingRule } from './setting.ts';

interface PortAuthentication {
  readonly port: number;
  readonly mode: 'off' | 'passthrough' | 'verify';
  readonly trustStore: string | null;
  readonly ignoreClientCertificateExpiry: boolean | null;
  readonly advertiseTrustStoreCaNames: 'on' | 'off' | null;
}

const one = objectOf<PortAuthentication>(
  ({ optional, required, fail }) => {
    const port = required('port', integer, 0);
    const mode = required('mode', text, '');
    const trustStore = optional('trustStore', text);
    const ignoreClientCertificateExpiry = optional('ignoreClientCertificateExpiry', boolean);
    const advertise = optional('advertiseTrustStoreCaNames', text);
    const isMode = mode === 'off' || mode === 'passthrough' || mode === 'verify';
    if (!isMode) fail(`"${mode}" is no mode: off, passthrough or verify`);
    if (mode === 'verify' && trustStore === null) fail('verify needs a trustStore');
    if (mode !== 'verify' && (trustStore ?? ignoreClientCertificateExpiry ?? advertise) !== null)
      fail(`trustStore, ignoreClientCertificateExpiry and advertiseTrustStoreCaNames go with verify only`);
    const isFlag = advertise === null || advertise === 'on' || advertise === 'off';
    if (!isFlag) fail(`advertiseTrustStoreCaNames is "on" or "off"`);
    return {
      port,
      mode: isMode ? mode : 'verify',
      trustStore,
      ignoreClientCertificateExpiry,
      advertiseTrustStoreCaNames: isFlag ? advertise : null,
    };
  },
  ['port', 'mode', 'trustStore', 'ignoreClientCertificateExpiry', 'advertiseTrustStoreCaNames'],
);

const find = defineFindings('alb/mutual-authentication', {
  'no-listener': {
    level: 'error',
    message: (a: { port: number }) =>
      `client certificates are asked for on port ${a.port}, on which this Ingress does not listen with HTTPS: the controller stops there`,
    help: () => 'Name one of its HTTPS ports and convert again.',
    security: true,
  },
  off: {
    level: 'note',
    message: (a: { port: number }) => `client certificates are off for port ${a.port}, as they are without the setting`,
  },
});

export const mutualAuthentication = settingRule({
  id: 'alb/mutual-authentication',
  title: 'Client certificates',
  docs: manual('mutual-authentication'),
  scope: 'ingress',
  becomes: 'awsMutualAuthentication',
  reads: { ports: at(`${PREFIX}mutual-authentication`, json('list of ports', listOf(one))) },
  findings: { ...find, malformed: jsonFindings.malformed },
});

/** Where it cannot be read every HTTPS port of the member asks: what was to be closed is not opened by a missing comma. */
export function mutualAuthenticationIntents({ protocol, port, members }: Listener, books: Books): readonly AwsIntent[] {
  if (protocol !== 'HTTPS') return [];
  const chosen = exclusive('mutual-authentication', members, (member) => authenticationOf(member, port), books);
  if (chosen === null) return [];
  const { mode, trustStore, ignoreClientCertificateExpiry, advertiseTrustStoreCaNames } = chosen.value;
  if (mode === 'off') {
    for (const entry of chosen.entries) settle(books, [entry], 'inert', find.off({ port }, placeOf(entry)));
    return [];
  }
  return [
    {
      kind: 'awsMutualAuthentication',
      port,
      mode,
      trustStore,
      ignoreClientCertificateExpiry,
      advertiseTrustStoreCaNames,
      entries: chosen.entries,
    },
  ];
}

/** What is wrong with the setting of a member. Call once a member. */
export function checkMutualAuthentication({ annotations, ports }: Member, books: Books): void {
  const read = readFrom(mutualAuthentication.reads.ports, annotations);
  if (read.state !== 'valid') return;
  const { entry, value } = read;
  if (value.kind === 'broken') {
    settle(books, [entry], 'manual', malformed(entry, value));
    return;
  }
  for (const { port } of value.value) {
    if (ports.some((listener) => listener.port === port && listener.protocol === 'HTTPS')) continue;
    settle(books, [entry], 'manual', find['no-listener']({ port }, placeOf(entry)));
  }
}

function authenticationOf({ annotations }: Member, port: number): Found<PortAuthentication> | null {
  const read = readFrom(mutualAuthentication.reads.ports, annotations);
  if (read.state !== 'valid') return null;
  const { entry, value } = read;
  if (value.kind === 'broken') return { value: { ...UNREADABLE, port }, entries: [entry] };
  const own = value.value.find((each) => each.port === port);
  return own === undefined ? null : { value: own, entries: [entry] };
}

const UNREADABLE = { mode: 'verify', trustStore: null, ignoreClientCertificateExpiry: null, advertiseTrustStoreCaNames: null } as const;
