import type { Ingress } from '../model/ingress.ts';
import type { Group } from './groups.ts';
import type { RunbookInput } from './input.ts';
import { block, code, listed, type Step, some, word } from './markdown.ts';
import { addresses, type RouteName, routesOf, sampleName } from './names.ts';
import { pair } from './shell-lines.ts';

export function lowerTtl(group: Group, label: string, named: readonly string[], input: RunbookInput): Step {
  const [first = '', ...others] = named.map(
    (host) => `dig +noall +answer ${word(sampleName(host))}   # the second column is the time to live`,
  );
  const { kubectl } = input.commands;
  // A record that moves takes its time to live from the route.
  const annotate = [...annotated(group.ingresses, 'ttl=60', kubectl), ...annotatedRoutes(routesOf(group, input), 'ttl=60', kubectl)];
  return {
    title: `${label}.2 Shorten the time to live, a day before`,
    check: [first, ...others],
    expect:
      'it is above 60 seconds, and the record is no alias of Route 53 (whose time to live is fixed at 60). Write it down: so long, after this step, old answers are still around.',
    act: ['# by external-dns, where the TXT record of section 3.1 is there; else at your DNS provider', ...annotate],
    after: [first, ...others],
    back: ['set what was written down. Do that at the end of the wave in any case.'],
  };
}

/** Both prefixes of external-dns: a release reads one of them. */
function annotated(ingresses: readonly Ingress[], setting: string, kubectl: string): readonly [string, ...string[]] {
  const lines = ingresses.map(
    ({ ref }) =>
      `${kubectl} annotate ingress ${word(ref.name)} -n ${word(ref.namespace)} --overwrite external-dns.alpha.kubernetes.io/${setting} external-dns.kubernetes.io/${setting}`,
  );
  const [first = 'true', ...others] = lines;
  return [first, ...others];
}

function annotatedRoutes(routes: readonly RouteName[], setting: string, kubectl: string): readonly string[] {
  return routes.map(
    ({ kind, name, namespace }) =>
      `${kubectl} annotate ${kind} ${word(name)} -n ${word(namespace)} --overwrite external-dns.alpha.kubernetes.io/${setting} external-dns.kubernetes.io/${setting}`,
  );
}

export function move(group: Group, label: string, named: readonly string[], input: RunbookInput): Step {
  const { kubectl } = input.commands;
  const routes = routesOf(group, input);
  const owners = named.map((host) => `for n in a- cname- ''; do dig +short TXT "$n"${word(host)}; done`);
  const names = named.map(code);
  return {
    title: `${label}.3 Move ${some(named.length, 'record', 'records')}`,
    check: [
      ...addresses(group, input),
      ...owners,
      `gateshift probe --requests requests.json --before "https://$OLD" --after "https://$NEW"`,
    ],
    expect:
      'the old time to live has passed since it was shortened, probe finds no difference that was not expected, and the TXT record names the Ingress (external-dns) or there is none (by hand).',
    act: [
      `# By hand, at a provider with weighted records: two records each for ${named.slice(0, 3).join(', ')}${named.length > 3 ? ' …' : ''}`,
      '#   "$OLD" 95, "$NEW" 5; then 75/25, 50/50, 0/100. Between the steps, for at least twice the time to live:',
      `gateshift probe --requests requests.json --before "https://$OLD" --after "https://$NEW"`,
      '#   and look at the rate of 4xx and 5xx of both. Without weighted records: replace "$OLD" by "$NEW" in one step.',
      '# By external-dns: Ingresses that it is told to ignore leave the record to the routes. All hosts of an Ingress move at once.',
      ...annotated(group.ingresses, 'controller=none', kubectl),
    ],
    after: [
      ...pair(named.map((host) => `dig +short ${word(sampleName(host))}   # the new address`)),
      ...named
        .slice(0, 1)
        .map((host) => `for n in a- cname- ''; do dig +short TXT "$n"${word(host)}; done   # external-dns: resource=httproute/…`),
    ],
    back: [
      `by hand: weights back to 100/0, or \`$OLD\` again, for ${listed(names)}. The old load balancer still serves all of it; wait one time to live.`,
      `By external-dns the record now belongs to the route, so taking the annotation off the Ingress is not enough: let it ignore the ${routes.length === 1 ? 'route' : 'routes'}, and read the Ingress again:`,
      '',
      block([
        ...annotatedRoutes(routes, 'controller=none', kubectl),
        ...group.ingresses.map(
          ({ ref }) =>
            `${kubectl} annotate ingress ${word(ref.name)} -n ${word(ref.namespace)} external-dns.alpha.kubernetes.io/controller- external-dns.kubernetes.io/controller-`,
        ),
      ]),
    ],
  };
}
