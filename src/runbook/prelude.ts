import { certManagerOf } from './cert-manager.ts';
import { dnsOf, ownerNames } from './external-dns.ts';
import type { RunbookInput } from './input.ts';
import { block, word } from './markdown.ts';

/** Functions that the commands below are made of, so that a step is read at a glance. Each of them only looks, or writes a copy. */
export function preludeSection(input: RunbookInput): readonly string[] {
  const { kubectl } = input.commands;
  const { routeAddress } = input.target;
  const dns = dnsOf(input);
  const kinds = certManagerOf(input).absent ? 'secrets' : 'secrets certificates';
  return [
    '## Before each session',
    'The steps are taken on different days: paste this into the shell (bash) first, in one folder for all of them. It changes nothing.',
    block([
      '# old INGRESS NAMESPACE, new GATEWAY NAMESPACE: the address in its status',
      `old() { ${kubectl} get ingress "$1" -n "$2" -o jsonpath='{range .status.loadBalancer.ingress[*]}{.hostname}{.ip}{"\\n"}{end}' | head -n 1; }`,
      `new() { ${kubectl} get gateway "$1" -n "$2" -o jsonpath='{.status.addresses[0].value}'; }`,
      ...(routeAddress === null
        ? []
        : [
            '# routed KIND ROUTE NAMESPACE: the address that the route itself has got',
            `routed() { ${kubectl} get "$1" "$2" -n "$3" -o jsonpath=${word(`{.metadata.annotations.${routeAddress.replaceAll('.', '\\.')}}`)}; }`,
          ]),
      '# taken KIND ROUTE NAMESPACE: its Gateways, with Accepted and ResolvedRefs',
      `taken() { ${kubectl} get "$1" "$2" -n "$3" -o jsonpath='{range .status.parents[*]}{.parentRef.name}{" "}{.conditions[?(@.type=="Accepted")].status}{" "}{.conditions[?(@.type=="ResolvedRefs")].status}{"\\n"}{end}' | sed "s|^|$2: |"; }`,
      '# ask SCHEME HOST PORT PATH: status and redirect, of the old address and of the new one',
      `ask() { for a in "$OLD" "$NEW"; do case $a in *:*) b="[$a]" ;; *) b=$a ;; esac; printf '%s at %s: ' "$1://$2$4" "$a"; curl -sS -g --path-as-is -m 20 -o /dev/null -w '%{http_code} %{redirect_url}\\n' --connect-to "$2:$3:$b:$3" "$1://$2:$3$4"; done; }`,
      '# ttl NAME…: the records with their times to live (second column); leads NAME…: where each name leads',
      'ttl() { for h in "$@"; do dig +noall +answer "$h"; done; }',
      `leads() { for h in "$@"; do printf '%s: ' "$h"; dig +short "$h" | tr '\\n' ' '; echo; done; }`,
      ...(dns.kind === 'absent'
        ? []
        : [
            '# owner NAME…: what external-dns wrote beside the record: heritage=external-dns,…/owner=…,…/resource=ingress/…',
            `owner() { for h in "$@"; do set -- "$h"; printf '%s: ' "$h"; for t in ${ownerNames(dns)
              .map((name) => `"${name}"`)
              .join(' ')}; do dig +short TXT "$t" | grep heritage=external-dns; done | sort -u | tr '\\n' ' '; echo; done; }`,
            '# told KIND OBJECT NAMESPACE: whether external-dns is told to leave it alone',
            `told() { ${kubectl} get "$1" "$2" -n "$3" -o jsonpath='{.metadata.annotations}' | grep -o '"[^"]*/controller":"[^"]*"' | sed "s|^|$2: |"; }`,
          ]),
      '# keep INGRESS NAMESPACE: a copy that can be applied again; owned INGRESS NAMESPACE: what goes with it',
      `keep() { ${kubectl} get ingress "$1" -n "$2" -o yaml | sed -e '/^  resourceVersion:/d' -e '/^  uid:/d' -e '/^  creationTimestamp:/d' > "$2-$1.ingress.yaml"; test -s "$2-$1.ingress.yaml" && ls "$2-$1.ingress.yaml"; }`,
      `owned() { for k in ${kinds}; do ${kubectl} get $k -n "$2" -o jsonpath='{range .items[?(@.metadata.ownerReferences[0].name=="'"$1"'")]}{.metadata.name}{" "}{.metadata.ownerReferences[0].kind}{"\\n"}{end}' | grep ' Ingress$' | sed "s|^|$k |"; done; }`,
    ]),
  ];
}
