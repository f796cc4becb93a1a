import type { Finding } from '../../src/ledger/finding.ts';
import type { Settlement } from '../../src/ledger/outcome.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { Read } from '../../src/rule/codec.ts';
import {
  type AnnotationRead,
  type AnyRule,
  defineRule,
  type FamilyMember,
  type Reads,
  type Rule,
  type RuleOutput,
} from '../../src/rule/rule.ts';
import { jsonFindings, placeOf, valueFindings } from './annotation.ts';
import type { JsonValue } from './json/decode.ts';

/** A value and the settings it came from. */
export interface Found<T> {
  readonly value: T;
  readonly entries: readonly Entry[];
}

/**
 * A rule whose values the router takes from where they stand, since what they mean is known only together with the class,
 * the Service and the other members of the group. Values the controller cannot parse are reported here and read as absent.
 */
export function settingRule<R extends Reads>(
  rule: Omit<Rule<R, null>, 'convert' | 'findings'> & { readonly findings?: Rule<R, null>['findings'] },
): Rule<R, null> & AnyRule {
  return defineRule({
    ...rule,
    findings: { invalid: valueFindings.invalid, ...rule.findings },
    convert: ({ read }) => taken(read),
  });
}

/** Routes what is valid; ends what is not. */
export function taken(read: Readonly<Record<string, Read<unknown> | readonly FamilyMember<unknown>[]>>): RuleOutput<null> {
  const reads = Object.values(read).flatMap((each): readonly Read<unknown>[] =>
    'state' in each ? [each] : each.map((member) => member.read),
  );
  const settled: Settlement[] = [];
  const findings: Finding[] = [];
  for (const each of reads) {
    if (each.state === 'invalid') settled.push(invalid(each));
    if (each.state === 'valid' && isJson(each.value)) findings.push(...unknownMembers(each.entry, each.value));
  }
  return { settled, findings, routed: reads.flatMap((each) => (each.state === 'valid' ? [each.entry] : [])) };
}

export function invalid({ entry, reason }: Extract<Read<unknown>, { state: 'invalid' }>): Settlement {
  const finding = valueFindings.invalid({ annotation: entry.name, value: entry.value, reason }, placeOf(entry));
  return { entry, outcome: 'manual', finding, wrote: [] };
}

export function malformed(entry: Entry, { problem, line, column }: Extract<JsonValue<unknown>, { kind: 'broken' }>): Finding {
  return jsonFindings.malformed({ annotation: entry.name, problem, line, column }, placeOf(entry));
}

function unknownMembers(entry: Entry, value: JsonValue<unknown>): readonly Finding[] {
  if (value.kind === 'broken') return [];
  return value.unknown.map(({ member, line, column }) =>
    jsonFindings['unknown-member']({ annotation: entry.name, member, line, column }, placeOf(entry)),
  );
}

function isJson(value: unknown): value is JsonValue<unknown> {
  return typeof value === 'object' && value !== null && 'kind' in value && (value.kind === 'read' || value.kind === 'broken');
}

/** The first of these sources that has the annotation decides, whether its value can be parsed or not (Service before Ingress). */
export function readFrom<T>({ annotation, codec }: AnnotationRead<T>, ...sources: readonly (readonly Entry[])[]): Read<T> {
  for (const entries of sources) {
    const entry = entries.find((candidate) => candidate.name === annotation && candidate.value !== '' && candidate.malformed !== true);
    if (entry === undefined) continue;
    const parsed = codec.parse(entry.value);
    return parsed.ok ? { state: 'valid', entry, value: parsed.value } : { state: 'invalid', entry, reason: parsed.reason };
  }
  return { state: 'absent' };
}

export function found<T>(read: Read<T>): Found<T> | null {
  return read.state === 'valid' ? { value: read.value, entries: [read.entry] } : null;
}
