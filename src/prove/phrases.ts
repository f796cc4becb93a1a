import { type Position, placeText } from '../model/position.ts';

/** The rule that answers and where it stands; `no rule` for ''. */
export function sourceText(source: string, at: Position | null): string {
  return `${source === '' ? 'no rule' : source}${at === null ? '' : ` (${placeText(at, 'line')})`}`;
}

export function count(number: number): string {
  return number.toLocaleString('en-US');
}
