import type { IngressRef } from '../model/entry.ts';
import type { Estate } from '../model/estate.ts';
import { compareText } from '../model/position.ts';
import type { SecretCopy } from '../model/secret-copy.ts';
import type { LoweredRule } from './lowered-rule.ts';
import { byPosition } from './places.ts';
import type { PlannedSecret } from './plan.ts';

/** What a rule that is written would have made of a Secret. */
export interface WantedSecret {
  readonly copy: SecretCopy;
  readonly ingress: IngressRef;
}

export function secretsOf(lowered: readonly LoweredRule[]): readonly WantedSecret[] {
  return lowered
    .flatMap(({ http, https }) => [...http, ...https])
    .flatMap(({ parts, ingress }) => parts.flatMap((part) => part.secrets ?? []).map((copy) => ({ copy, ingress })));
}

interface Group {
  readonly copies: ReadonlyMap<string, SecretCopy>;
  readonly origin: readonly IngressRef[];
}

const NOBODY: Group = { copies: new Map(), origin: [] };

/** Each object once, with all the Ingresses it is for. */
export function planSecrets(wanted: readonly WantedSecret[], { secrets, configMaps }: Estate): readonly PlannedSecret[] {
  const there = new Set([...secrets, ...configMaps].map(({ ref: { kind, namespace, name } }) => `${kind} ${namespace}/${name}`));
  const byName = new Map<string, Group>();
  for (const { copy, ingress } of wanted) {
    const key = `${copy.kind} ${copy.namespace}/${copy.name}`;
    const { copies, origin } = byName.get(key) ?? NOBODY;
    byName.set(key, { copies: new Map(copies).set(JSON.stringify(copy), copy), origin: [...origin, ingress] });
  }
  return [...byName]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([key, { copies, origin }]) => {
      const [[, copy] = []] = [...copies].sort(([a], [b]) => compareText(a, b));
      return copy === undefined
        ? []
        : [{ copy, origin: byPosition(origin), state: there.has(key) ? 'there' : copies.size > 1 ? 'conflicts' : 'wanted' }];
    });
}
