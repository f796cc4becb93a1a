import type { Entry } from '../../../src/model/entry.ts';
import { strayEntries } from '../../../src/model/stray.ts';
import type { HostTable } from '../../../src/route/table.ts';
import type { IngressView } from '../../../src/rule/pack.ts';
import { placeOf } from '../settlement.ts';
import { type Sheet, settle } from './books.ts';
import { frontFindings } from './findings.ts';

/** Every entry that a table stands on. */
export function entriesIn(hosts: readonly HostTable[]): ReadonlySet<Entry> {
  return new Set(
    hosts.flatMap((host) => [
      ...(host.certificate.kind === 'none' ? [] : host.certificate.entries),
      // Intents of a host are answered for its rules.
      ...(host.rules.length === 0 ? [] : host.intents.flatMap((intent) => intent.entries)),
      ...host.rules.flatMap((rule) => [
        ...rule.entries,
        ...rule.intents.flatMap((intent) => intent.entries),
        ...(rule.action.kind === 'redirect' ? rule.action.redirect.entries : []),
        ...(rule.action.kind === 'forward' ? rule.action.backends.flatMap((backend) => backend.entries) : []),
      ]),
    ]),
  );
}

/** Settles what neither the tables nor the sheet mention. */
export function settleRest(view: IngressView, routed: readonly Entry[], hosts: readonly HostTable[], sheet: Sheet): void {
  const done = new Set<Entry>([...entriesIn(hosts), ...sheet.settled.map(({ entry }) => entry)]);
  const stray = new Set<Entry>([...strayEntries(view.ingress), ...(view.ingress.className === null ? [] : [view.ingress.className.entry])]);
  const intents = [...view.intents, ...view.hostIntents].flatMap((intent) => intent.entries);
  for (const entry of new Set([...view.ingress.spec.filter((each) => !stray.has(each)), ...routed, ...intents])) {
    if (!done.has(entry)) settle(sheet, 'inert', [entry], frontFindings.unused({}, placeOf(entry, view.ingress.ref)));
  }
}
