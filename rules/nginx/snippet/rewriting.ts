import type { Entry } from '../../../src/model/entry.ts';
import type { Directive } from '../../nginx-config/directive.ts';
import { fill, type Variables } from './variables.ts';

/** What a `rewrite` does with the paths that its pattern takes. */
export type Rewriting = { readonly entries: readonly Entry[] } & (
  | { readonly kind: 'redirect'; readonly status: number; readonly text: string }
  /** `break`: the location goes on with the changed path; `last`, and no flag at its end: another one is looked up. */
  | { readonly kind: 'change'; readonly replacement: string; readonly flag: 'last' | 'break' | null }
  | { readonly kind: 'unknown'; readonly why: string }
);

export function rewritingOf({ args }: Directive, variables: Variables): Rewriting {
  const [, target = '', flag] = args;
  // Groups are filled in by the pattern itself, whatever they were before.
  const own = new Map([...variables].filter(([name]) => !/^[1-9]$/.test(name)));
  const { text, left, entries } = fill(target, own);
  const isUrl = /^(https?:\/\/|\$scheme)/i.test(target);
  if (flag === 'permanent' || flag === 'redirect' || isUrl)
    return { kind: 'redirect', status: flag === 'permanent' ? 301 : 302, text, entries };
  const variable = left.find((name) => !/^[1-9]$/.test(name));
  if (variable !== undefined) return { kind: 'unknown', why: `the path is put together from $${variable}`, entries };
  if (text.includes('?')) return { kind: 'unknown', why: 'it changes the query', entries };
  if (!/^[A-Za-z0-9\-._~:/$]*$/.test(text) || !/^[/$]/.test(text))
    return { kind: 'unknown', why: 'its target has characters that no path of Gateway API has', entries };
  return { kind: 'change', replacement: text, flag: flag === 'last' || flag === 'break' ? flag : null, entries };
}
