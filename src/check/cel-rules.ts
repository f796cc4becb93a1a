import { type CelInput, celEnv, isCelError, parse, plan } from '@bufbuild/cel';
import { strings } from '@bufbuild/cel/ext';
import { KUBERNETES_FUNCTIONS } from './cel-functions.ts';
import { re2 } from './re2.ts';
import type { CelRule } from './schema-node.ts';
import type { UnevaluatedRule } from './violation.ts';

type Expr = NonNullable<ReturnType<typeof parse>['expr']>;
type Program = (self: CelInput) => ReturnType<ReturnType<typeof plan>>;

const ENVIRONMENT = celEnv({ funcs: [...strings, ...KUBERNETES_FUNCTIONS], re2: { compile: re2 } });

/** A rule ready to run: its message when the value breaks it, null when the value keeps it. */
export type CompiledRule = (self: CelInput) => string | null;

/**
 * Compiles one rule. A transition rule (`oldSelf`) does not run on creation and is left out: null. Parse errors and
 * functions that are missing here make the rule unevaluated.
 */
export function compileRule(rule: CelRule): CompiledRule | UnevaluatedRule | null {
  if (/\boldSelf\b/.test(rule.expression)) {
    return rule.optionalOldSelf ? { expression: rule.expression, reason: 'compares with an optional old value' } : null;
  }
  const program = compile(rule.expression);
  if (typeof program === 'string') return { expression: rule.expression, reason: program };
  return (self) => {
    const result = program(self);
    if (result === true) return null;
    // The API server rejects what a rule cannot be evaluated on, as CEL does.
    if (isCelError(result)) return `rule cannot be evaluated: ${result.message}`;
    return failureMessage(rule, self);
  };
}

function failureMessage(rule: CelRule, self: CelInput): string {
  const program = rule.messageExpression === null ? null : compile(rule.messageExpression);
  const told = program === null || typeof program === 'string' ? null : program(self);
  if (typeof told === 'string' && told !== '') return told;
  return rule.message ?? `failed rule: ${rule.expression}`;
}

/** The same rule stands at several places of one CRD, and in every release. */
const programs = new Map<string, Program | string>();

function compile(expression: string): Program | string {
  const known = programs.get(expression);
  if (known !== undefined) return known;
  const made = compileAnew(expression);
  programs.set(expression, made);
  return made;
}

function compileAnew(expression: string): Program | string {
  try {
    const parsed = parse(expression);
    const missing = functionsOf(parsed.expr).find((name) => ENVIRONMENT.funcs.find(name) === undefined);
    if (missing !== undefined) return `calls ${missing}(), which is not known here`;
    const run = plan(ENVIRONMENT, parsed);
    return (self) => run({ self });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Names of the functions that an expression calls, without operators, which CEL writes as functions too. */
function functionsOf(expr: Expr | undefined): string[] {
  const kind = expr?.exprKind;
  switch (kind?.case) {
    case 'callExpr': {
      const inner = [kind.value.target, ...kind.value.args].flatMap(functionsOf);
      return /^[A-Za-z]\w*$/.test(kind.value.function) ? [kind.value.function, ...inner] : inner;
    }
    case 'selectExpr':
      return functionsOf(kind.value.operand);
    case 'listExpr':
      return kind.value.elements.flatMap(functionsOf);
    case 'structExpr':
      return kind.value.entries.flatMap((entry) => [
        ...functionsOf(entry.value),
        ...(entry.keyKind.case === 'mapKey' ? functionsOf(entry.keyKind.value) : []),
      ]);
    case 'comprehensionExpr': {
      const { iterRange, accuInit, loopCondition, loopStep, result } = kind.value;
      return [iterRange, accuInit, loopCondition, loopStep, result].flatMap(functionsOf);
    }
    default:
      return [];
  }
}
