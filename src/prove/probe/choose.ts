import type { SentRequest } from '../request-json.ts';

/** Methods that change nothing by their definition (RFC 9110, section 9.2.1). */
export const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

export interface Chosen {
  readonly requests: readonly SentRequest[];
  /** Left out for their method. */
  readonly unsafe: number;
  /** Left out because there were more than `max`. */
  readonly surplus: number;
}

/** At most `max` requests: every host gets its fair part, spread evenly over its requests. In the order given. */
export function choose(requests: readonly SentRequest[], methods: readonly string[], max: number): Chosen {
  const allowed = requests.filter(({ method }) => methods.includes(method));
  const byHost = new Map<string, SentRequest[]>();
  for (const request of allowed) {
    const known = byHost.get(request.host);
    if (known === undefined) byHost.set(request.host, [request]);
    else known.push(request);
  }
  const chosen = new Set<SentRequest>();
  const hosts = [...byHost.values()].sort((a, b) => a.length - b.length);
  hosts.forEach((own, index) => {
    const part = Math.min(own.length, Math.floor((max - chosen.size) / (hosts.length - index)));
    for (let nth = 0; nth < part; nth++) {
      const request = own[Math.floor((nth * own.length) / part)];
      if (request !== undefined) chosen.add(request);
    }
  });
  return {
    requests: allowed.filter((request) => chosen.has(request)),
    unsafe: requests.length - allowed.length,
    surplus: allowed.length - chosen.size,
  };
}
