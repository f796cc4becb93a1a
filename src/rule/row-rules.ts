import { defineFindings, type FindingMaker } from '../ledger/finding.ts';
import { text } from './codec.ts';
import type { Row } from './row.ts';
import { type AnyRule, at, defineRule, type RuleOutput } from './rule.ts';

/** The vendor whose annotations a list of rows describes. */
export interface RowVendor {
  readonly vendor: string;
  /** Its controller, as sentences name it. */
  readonly controller: string;
  /** Put before each name. */
  readonly prefix: string;
  readonly docs: (name: string) => string;
}

export function rowsAsRules(of: RowVendor, rows: readonly Row[]): readonly AnyRule[] {
  return rows.map((row) => ruleOf(of, row));
}

type Value = { readonly annotation: string; readonly value: string };

function ruleOf({ vendor, controller, prefix, docs }: RowVendor, row: Row): AnyRule {
  const about = row.row === 'carry' ? { why: '', instead: '', security: false } : row;
  const find = defineFindings(`${vendor}/${row.name}`, {
    lost: {
      level: 'warning',
      message: (_: Value) => about.why,
      help: () => about.instead,
      security: about.security,
      differs: row.row === 'lost' ? row.differs : [],
    },
    inert: {
      level: about.security ? 'warning' : 'note',
      message: (_: Value) => about.why,
      help: () => about.instead,
      security: about.security,
    },
    default: { level: 'note', message: (a: Value) => `${a.annotation} "${a.value}" is what ${controller} does anyway` },
    invalid: {
      level: 'warning',
      message: (a: Value & { readonly reason: string }) =>
        `${a.annotation} is "${a.value}", ${a.reason}: ${controller} takes its default instead`,
      help: () => 'What was written follows the controller. Correct the value if something else was meant.',
    },
    refused: {
      level: 'error',
      message: (a: Value & { readonly reason: string }) =>
        `${controller} does not serve this Ingress at all: ${a.annotation} is "${a.value}", ${a.reason}`,
      help: () => 'Correct the value and convert again. Nothing was written: the controller serves nothing of it either.',
      differs: ['unreachable'],
    },
  });
  return defineRule({
    id: `${vendor}/${row.name}`,
    title: row.name,
    docs: docs(row.name),
    scope: 'location',
    becomes: row.row === 'carry' ? row.becomes : row.row === 'lost' ? row.outcome : 'inert',
    reads: { value: at(`${prefix}${row.name}`, row.codec) },
    findings: used(row, find),
    convert({ read: { value } }): RuleOutput<null> {
      if (value.state === 'absent') return {};
      const { entry } = value;
      const place = { at: entry.at, ingress: entry.ingress };
      const args = { annotation: entry.name, value: entry.value };
      const end = (outcome: 'inert' | 'unmapped' | 'manual', finding: ReturnType<typeof find.inert>) => ({
        settled: [{ entry, outcome, finding, wrote: [] }],
      });
      if (value.state === 'invalid') {
        const reason = { ...args, reason: value.reason };
        if (row.onInvalid === 'refused') return { refused: find.refused(reason, place) };
        const finding = find.invalid(reason, place);
        return { ...end('inert', finding), findings: [finding] };
      }
      switch (row.row) {
        case 'inert': {
          const finding = find.inert(args, place);
          return { ...end('inert', finding), findings: row.security ? [finding] : [] };
        }
        case 'lost':
          if (value.value === row.default) return end('inert', find.default(args, place));
          return end(row.outcome, find.lost(args, place));
        case 'carry':
          if (value.value === row.default) return end('inert', find.default(args, place));
          // Sound: the value came from this row's own codec.
          return { intents: [row.intent(value.value as never, entry)] };
        default:
          return row satisfies never;
      }
    },
  });
}

/** Only what the row can report belongs to its documentation. */
function used<F extends Readonly<Record<'lost' | 'inert' | 'default' | 'invalid' | 'refused', FindingMaker<never>>>>(row: Row, find: F) {
  const { lost, inert, default: isDefault, invalid, refused } = find;
  return {
    ...(row.row === 'lost' ? { lost } : {}),
    ...(row.row === 'inert' ? { inert } : { default: isDefault }),
    ...(row.codec === text ? {} : row.onInvalid === 'refused' ? { refused } : { invalid }),
  };
}
