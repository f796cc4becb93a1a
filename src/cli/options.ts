import { type Command, InvalidArgumentError, Option } from 'commander';
import { CHANNELS, GATEWAY_API_VERSIONS } from '../gateway/release.ts';
import { GRAVITIES } from '../ledger/problem.ts';
import type { SourceFile } from '../model/source.ts';
import { VENDORS } from '../route/table.ts';
import type { Waiver } from '../waivers/waiver.ts';
import type { Origin } from './config/origin.ts';
import type { ColorChoice } from './io.ts';

/** Options as commander hands them over: those about the input. */
export interface InputRawOptions {
  readonly gatewayApi: (typeof GATEWAY_API_VERSIONS)[number];
  readonly channel: (typeof CHANNELS)[number];
  readonly gatewayClass?: string;
  readonly gatewayNamespace?: string;
  readonly gateway?: string;
  readonly listeners: 'gateway' | 'listenerset';
  readonly foldWildcard: readonly string[];
  readonly foldAcrossNamespaces?: true;
  readonly allowedRoutes: string;
  readonly class: readonly string[];
  readonly defaultCertificate?: string;
  readonly nginxConfigmap?: string;
  readonly nginxFlag: readonly string[];
  readonly defaultNamespace: string;
  readonly onSecurityLoss: 'withhold' | 'emit';
  readonly notServed: 'skip' | 'convert';
  readonly loadBalancerServices?: true;
  /** From the configuration file. */
  readonly waivers: readonly Waiver[];
  /** The configuration file itself, for findings about it. */
  readonly configFile: SourceFile | null;
  readonly cluster?: true;
  readonly context?: string;
  readonly namespace: readonly string[];
  readonly selector?: string;
  readonly kubectl: string;
  /** `--diff` or `verify` hold the output against it. */
  readonly against?: string;
  /** Who said what an option says. */
  readonly originOf: (attribute: string) => Origin;
  readonly color: ColorChoice;
  readonly quiet?: true;
  readonly verbose?: true;
}

export interface RawOptions extends InputRawOptions {
  readonly target: string;
  readonly targetOption: readonly string[];
  readonly report: readonly string[];
  /** Not of every command. */
  readonly failOn?: FailOn;
  readonly baseline?: string;
  readonly updateBaseline?: true;
  readonly crds: readonly string[];
  readonly conformance?: string;
}

export const FAIL_ON = ['never', ...GRAVITIES] as const;
export type FailOn = (typeof FAIL_ON)[number];

/** What the input is and what is read out of it, whichever target it is written for. */
function inputOptions(command: Command): Command {
  return command
    .argument('[path...]', 'files, folders (searched for .yaml, .yml and .json), or - for standard input')
    .addOption(
      new Option('--gateway-api <version>', 'Gateway API release installed at the destination')
        .choices(GATEWAY_API_VERSIONS)
        .default('1.6'),
    )
    .addOption(new Option('--channel <channel>', 'channel of its CRDs').choices(CHANNELS).default('standard'))
    .option('--gateway-class <name>', "GatewayClass of every Gateway (default: the target's own, else the ingress class's name)")
    .option(
      '--gateway-namespace <name>',
      'namespace of shared Gateways (default: that of their Ingresses if it is one, else gateway-system)',
    )
    .option('--gateway <layout>', 'shared, per-namespace, per-ingress or NAMESPACE/NAME (default: one a load balancer)')
    .addOption(
      new Option('--listeners <where>', 'on the Gateway, or in a ListenerSet of each namespace')
        .choices(['gateway', 'listenerset'])
        .default('gateway'),
    )
    .addOption(
      repeatable('--fold-wildcard <wildcard>', 'hosts below it that are alike share its listeners, as in *.example.com (repeatable)'),
    )
    .option('--fold-across-namespaces', 'share them as well where routes come from different namespaces')
    .addOption(
      new Option(
        '--allowed-routes <whose>',
        'whose routes listeners take: listed (exactly the namespaces that have some), same, a label of namespaces (KEY=VALUE, or KEY for the values they have), or all',
      ).default('listed'),
    )
    .addOption(repeatable('--class <name=vendor>', `who serves an ingress class: ${VENDORS.join(', ')} (repeatable)`))
    .option('--default-certificate <namespace/name>', "Secret with the controller's default certificate")
    .option(
      '--nginx-configmap <namespace/name>',
      "ingress-nginx's ConfigMap in the input (default: by its usual names, or as its flags say)",
    )
    .addOption(repeatable('--nginx-flag <name[=value]>', 'flag that ingress-nginx runs with, e.g. enable-ssl-passthrough (repeatable)'))
    .addOption(new Option('--default-namespace <name>', 'namespace of objects that name none').default('default'))
    .addOption(
      new Option('--on-security-loss <what>', 'what becomes of a route whose protection cannot be written')
        .choices(['withhold', 'emit'])
        .default('withhold'),
    )
    .addOption(
      new Option('--not-served <what>', 'what becomes of an Ingress that its controller refuses to serve because of an invalid value')
        .choices(['skip', 'convert'])
        .default('skip'),
    )
    .option('--load-balancer-services', 'convert Services of type LoadBalancer as well, to TCPRoutes and UDPRoutes')
    .option('--cluster', 'read what is live, through your kubectl')
    .option('--context <name>', 'of your kubeconfig (default: the current one)')
    .addOption(repeatable('--namespace <name>', 'read this namespace alone (repeatable)'))
    .option('--selector <labels>', 'read Ingresses with these labels alone')
    .option('--kubectl <program>', 'the kubectl to read with', 'kubectl')
    .addOption(new Option('--color <when>', 'colour').choices(['auto', 'always', 'never']).default('auto'))
    .addOption(new Option('-q, --quiet', 'errors only').conflicts('verbose'))
    .option('-v, --verbose', 'every setting of every Ingress, and every finding')
    .option('--config <file>', 'settings to use (default: the nearest gateshift.yaml upward)')
    .option('--no-config', 'use no configuration file')
    .option('--print-config', 'print the settings and where each comes from, and do nothing');
}

export function conversionOptions(command: Command): Command {
  return inputOptions(
    command
      .option('--target <name[@version]>', 'implementation to write for (default version: the newest known)', 'standard')
      .addOption(repeatable('--target-option <name=value>', 'setting of the target, e.g. dry-run=true of aws-alb (repeatable)')),
  )
    .option('--conformance <path>', 'write only what this GatewayClass or conformance report says is supported')
    .addOption(
      repeatable('--crds <path>', 'hold the output against these CRDs: a folder, or a dump of `kubectl get crd -o yaml` (repeatable)'),
    );
}

const COMPARE_FORMATS = ['table', 'json', 'markdown'] as const;

/** Options of `compare`, as commander hands them over. */
export interface CompareRawOptions extends InputRawOptions {
  /** Empty: all of them. */
  readonly targets: readonly string[];
  readonly format: (typeof COMPARE_FORMATS)[number];
  readonly conformance?: string;
}

export function compareOptions(command: Command): Command {
  const targets = new Option(
    '--targets <names>',
    'targets to compare, with commas between them, as in traefik,traefik@3.5 (default: all of them)',
  );
  return inputOptions(command.addOption(targets.argParser(listed).default([], 'all')))
    .option('--conformance <path>', 'count only what GatewayClasses or conformance reports say is supported: one for all, or a folder')
    .addOption(new Option('--format <format>', 'how to write it').choices(COMPARE_FORMATS).default('table'));
}

function listed(value: string, previous: readonly string[]): readonly string[] {
  const names = value.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('A name is missing.');
  return [...previous, ...names];
}

export function reportOption(command: Command, description: string): Command {
  return command.addOption(repeatable('--report <format[=file]>', description));
}

export function baselineOptions(command: Command): Command {
  return command
    .option('--baseline <file>', 'findings that are known: only new ones fail')
    .option('--update-baseline', 'write what is found now to that file');
}

export function failOnOption(command: Command, byDefault: FailOn): Command {
  return command.addOption(
    new Option('--fail-on <outcome>', 'exit with 1 when a setting ended like this or worse (unknown settings count as unmapped)')
      .choices(FAIL_ON)
      .default(byDefault),
  );
}

export function repeatable(flags: string, description: string): Option {
  return new Option(flags, description).argParser(collect).default([], 'none');
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  if (value === '') throw new InvalidArgumentError('It is empty.');
  return [...previous, value];
}
