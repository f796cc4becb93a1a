import type { ChalkInstance } from 'chalk';

/** One cell: what it says, and how it is painted. */
export interface Cell {
  readonly text: string;
  readonly paint?: ChalkInstance;
}

export interface Column {
  /** Over several lines when it is broken. */
  readonly head: readonly string[];
  readonly cells: readonly Cell[];
  readonly align: 'left' | 'right';
}

/** Columns beside each other, with their heads above them, ending on the same line. */
export function sideBySide(columns: readonly Column[], headPaint: ChalkInstance): readonly string[] {
  const height = Math.max(0, ...columns.map(({ head }) => head.length));
  const count = Math.max(0, ...columns.map(({ cells }) => cells.length));
  const line = (cellOf: (column: Column) => Cell | undefined) => {
    const cells = columns.map((column) => {
      const { text, paint } = cellOf(column) ?? { text: '' };
      const padded = column.align === 'left' ? text.padEnd(widthOf(column)) : text.padStart(widthOf(column));
      return { padded, painted: paint === undefined ? padded : padded.replace(text, () => paint(text)) };
    });
    const last = cells.findLastIndex(({ padded }) => padded.trim() !== '');
    const shown = cells.slice(0, last + 1).map(({ painted }) => painted);
    return shown.join('  ').replace(/ +$/, '');
  };
  const heads = Array.from({ length: height }, (_, row) =>
    line(({ head }) => ({ text: head[row - (height - head.length)] ?? '', paint: headPaint })),
  );
  return [...heads, ...Array.from({ length: count }, (_, row) => line(({ cells }) => cells[row]))];
}

function widthOf({ head, cells }: Column): number {
  return Math.max(0, ...head.map((line) => line.length), ...cells.map(({ text }) => text.length));
}

/** As many of the columns as fit beside those that stand in every block; null: all of them. */
export function inBlocks(fixed: readonly Column[], columns: readonly Column[], width: number | null): readonly (readonly Column[])[] {
  if (width === null) return [columns];
  const taken = fixed.reduce((sum, column) => sum + widthOf(column) + 2, 0);
  const blocks: Column[][] = [];
  let room = 0;
  for (const column of columns) {
    const wanted = widthOf(column) + 2;
    const block = blocks.at(-1);
    // The last column needs no gap behind it.
    if (block === undefined || wanted > room + 2) {
      blocks.push([column]);
      room = width - taken - wanted;
    } else {
      block.push(column);
      room -= wanted;
    }
  }
  return blocks;
}
