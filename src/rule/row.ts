import type { Intent } from '../intent/intent.ts';
import type { Difference } from '../ledger/finding.ts';
import { defineFindings } from '../ledger/finding.ts';
import type { Entry } from '../model/entry.ts';
import { type Codec, text } from './codec.ts';
import { type AnyRule, at, defineRule } from './rule.ts';

const rowFindings = defineFindings('row', {
  unmapped: {
    level: 'warning',
    message: (a: { name: string; why: string; instead: string }) => `${a.name}: ${a.why}`,
    help: (a: { name: string; why: string; instead: string }) => a.instead,
    differs: ['headers'],
  },
  inert: { level: 'note', message: (a: { name: string; why: string }) => `${a.name}: ${a.why}` },
  default: { level: 'note', message: (a: { name: string; value: string }) => `${a.name} "${a.value}" is what the controller does anyway` },
  invalid: {
    level: 'warning',
    message: (a: { name: string; value: string; reason: string }) =>
      `${a.name} is "${a.value}", ${a.reason}: the controller uses its default`,
  },
});

/** An annotation that is only a row: one value, one effect, no partner. */
export type Row =
  | {
      readonly row: 'carry';
      readonly name: string;
      readonly codec: Codec<unknown>;
      /** Values that change nothing. */
      readonly default: unknown;
      readonly intent: (value: never, entry: Entry) => Intent;
      readonly becomes: string;
    }
  | {
      readonly row: 'unmapped';
      readonly name: string;
      readonly why: string;
      readonly instead: string;
      readonly security?: true;
      readonly differs?: readonly Difference[];
    }
  | { readonly row: 'inert'; readonly name: string; readonly why: string };

/** One value that becomes one intent; equal to `fallback` it is inert, invalid it is the default. */
export function carry<T>(
  name: string,
  codec: Codec<T>,
  fallback: T | null,
  becomes: string,
  intent: (value: T, entry: Entry) => Intent,
): Row {
  return { row: 'carry', name, codec, default: fallback, becomes, intent };
}

/** Rows as rules of one vendor. `prefix` is put before each name. */
export function rowsAsRules(vendor: string, prefix: string, docs: string, rows: readonly Row[]): readonly AnyRule[] {
  return rows.map((row) =>
    defineRule({
      id: `${vendor}/${row.name}`,
      title: row.name,
      docs,
      scope: 'location',
      becomes: row.row === 'carry' ? row.becomes : row.row,
      reads: { value: at(`${prefix}${row.name}`, row.row === 'carry' ? row.codec : text) },
      findings: rowFindings,
      convert({ read: { value } }) {
        if (value.state === 'absent') return {};
        const { entry } = value;
        const place = { at: entry.at, ingress: entry.ingress };
        const end = (outcome: 'inert' | 'unmapped', finding: ReturnType<typeof rowFindings.inert>) => ({
          settled: [{ entry, outcome, finding, wrote: [] }],
        });
        switch (row.row) {
          case 'unmapped':
            return end('unmapped', {
              ...rowFindings.unmapped({ name: entry.name, why: row.why, instead: row.instead }, place),
              security: row.security ?? false,
            });
          case 'inert':
            return end('inert', rowFindings.inert({ name: entry.name, why: row.why }, place));
          case 'carry':
            if (value.state === 'invalid')
              return { ...end('inert', rowFindings.invalid({ name: entry.name, value: entry.value, reason: value.reason }, place)) };
            if (value.value === row.default) return end('inert', rowFindings.default({ name: entry.name, value: entry.value }, place));
            // Sound: the value came from this row's own codec.
            return { intents: [row.intent(value.value as never, entry)] };
          default:
            return row satisfies never;
        }
      },
    }),
  );
}
