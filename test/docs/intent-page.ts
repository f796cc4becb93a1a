import { packs } from '../../rules/index.ts';
import type { IntentKind } from '../../src/intent/intent.ts';
import { compareText } from '../../src/model/position.ts';
import { kindsIn, outcomesOf, type ReferenceOutcome } from '../../src/reference/outcomes.ts';
import { SAMPLES } from '../../src/reference/samples.ts';
import type { Target } from '../../src/targets/contract.ts';
import { INTENT_NAMES, type Section } from './intent-names.ts';

const HEAD = `<!-- Generated from the targets: UPDATE_FIXTURES=1 npx vitest run test/docs/intents.test.ts -->

# Intents and targets

A rule of a vendor turns annotations into intents: statements that no vendor owns. A target answers each. The tables have the answer to a typical
value, as the code gives it; the report of a conversion has the one to yours, since many depend on the value.

| word | meaning |
| --- | --- |
| yes | written, same behaviour (\`converted\`) |
| differs | written, differs in a way that the report states (\`approximated\`) |
| by hand | a person has to do or decide something; the report has the steps (\`manual\`) |
| no | cannot be written; the report has the nearest (\`unmapped\`) |
| **withheld** | a protection that cannot be written: the routes that have it are not written |
| idle | has no effect there (\`inert\`) |

The column after the intent has how many annotations ask for it, by vendor. What decides who answers a request (hosts, paths, redirects, rewrites, canaries) is no
intent, but [how each target reads routes](#routes).
`;

const WORDS: Readonly<Record<ReferenceOutcome, string>> = {
  converted: 'yes',
  approximated: 'differs',
  manual: 'by hand',
  unmapped: 'no',
  withheld: '**withheld**',
  inert: 'idle',
  unknown: 'no',
  waived: 'no',
  routed: 'yes',
};

const SECTIONS: readonly Section[] = [
  'Access',
  'Limits',
  'Timing',
  'Backends',
  'Requests and responses',
  'Listeners and observation',
  'AWS',
  'GKE',
];

interface Line {
  readonly section: Section;
  readonly name: string;
  readonly kind: IntentKind;
  readonly feature: string | null;
}

/** Every intent on every target, as the code answers, and how each target reads routes. */
export function intentPage(targets: readonly Target[]): string {
  const lines = Object.keys(INTENT_NAMES).filter(isKind).flatMap(linesOf);
  const tables = SECTIONS.map((section) => {
    const rows = lines.filter((line) => line.section === section).map((line) => rowOf(line, targets));
    return `## ${section}\n\n${table([['intent', 'asked for by', ...targets.map(({ name }) => name)], ...rows])}`;
  });
  return [HEAD, ...tables, `## Routes\n\n${table(routeRows(targets))}`].join('\n');
}

function isKind(word: string): word is IntentKind {
  return Object.hasOwn(INTENT_NAMES, word);
}

function linesOf(kind: IntentKind): readonly Line[] {
  const [section, name] = INTENT_NAMES[kind];
  const samples: readonly object[] = SAMPLES[kind];
  const features = new Set(samples.flatMap((sample) => ('feature' in sample ? [String(sample.feature)] : [])));
  if (features.size === 0) return [{ section, name, kind, feature: null }];
  return [...features].sort(compareText).map((feature) => ({ section, name: spaced(feature), kind, feature }));
}

/** `connectionDraining` → `Connection draining`. */
function spaced(word: string): string {
  const text = word.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function rowOf({ name, kind, feature }: Line, targets: readonly Target[]): readonly string[] {
  const answers = targets.map((target) => {
    const outcomes = outcomesOf(kind, [{ kind, feature }], target);
    return [...new Set(outcomes.map((outcome) => WORDS[outcome]))].join(', ');
  });
  return [name, askedFor(kind, feature), ...answers];
}

function askedFor(kind: IntentKind, feature: string | null): string {
  const counts = packs.flatMap((pack) => {
    const names = pack.rules.flatMap((rule) =>
      Object.values(rule.reads).flatMap(({ annotation, becomes }) =>
        kindsIn(becomes ?? rule.becomes).some((each) => each.kind === kind && (feature === null || each.feature === feature))
          ? [annotation]
          : [],
      ),
    );
    return names.length === 0 ? [] : [`${pack.vendor} ${new Set(names).size}`];
  });
  return counts.join(', ');
}

const REGEX_PATHS: Readonly<Record<Target['regexPaths'], string>> = {
  none: 'not written',
  ordered: 'before prefixes, longer ones first',
  last: 'after all prefixes',
  'by-age': 'before prefixes, older routes first',
  undefined: 'nobody promises',
};

function routeRows(targets: readonly Target[]): readonly (readonly string[])[] {
  const of = (name: string, answer: (target: Target) => string) => [name, ...targets.map(answer)];
  const yes = (has: boolean) => (has ? 'yes' : 'no');
  return [
    of('', ({ name }) => name),
    of('GatewayClass unless `--gateway-class`', ({ gatewayClassName }) =>
      gatewayClassName === null ? 'named after the ingress class' : `\`${gatewayClassName}\``,
    ),
    of('written, since nobody creates it', ({ controllerName }) => (controllerName === null ? 'no' : `\`${controllerName}\``)),
    of('paths as regular expressions are tried', ({ regexPaths }) => REGEX_PATHS[regexPaths]),
    of('rewrites by a pattern', ({ rewritePattern }) => yes(rewritePattern !== null)),
    of('answers without a backend', ({ respond }) => yes(respond !== null)),
    of('path rewrites', ({ dialect }) => yes(dialect?.rewrites !== false)),
    of('TLS passed through', ({ dialect }) => yes(dialect?.passthrough !== false)),
    of('TCP and UDP ports', ({ dialect }) => yes(dialect?.streams !== false)),
    of('listeners', ({ dialect }) => (dialect?.listeners === 'port' ? 'one a port' : 'one a host')),
    of('routes', ({ dialect }) => (dialect?.routes === 'host' ? 'one a host' : 'one an Ingress and host')),
  ];
}

function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}
