/** Statuses for a sentence, runs of three and more as one: `404, 500 to 599`. */
export function statusWords(statuses: readonly number[]): string {
  const runs: { first: number; last: number }[] = [];
  for (const status of [...new Set(statuses)].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run !== undefined && run.last + 1 === status) run.last = status;
    else runs.push({ first: status, last: status });
  }
  return runs
    .flatMap(({ first, last }) =>
      last - first > 1 ? [`${first} to ${last}`] : first === last ? [String(first)] : [String(first), String(last)],
    )
    .join(', ');
}
