import { certManagerOf } from './cert-manager.ts';
import { dnsOf, ownerNames } from './external-dns.ts';
import type { RunbookInput } from './input.ts';
import { block, word } from './markdown.ts';

/** Functions that the commands below are made of, so that a step is read at a glance. Each of them only looks, or writes a copy. */
export function preludeSection(input: RunbookInput): readonly string[] {
  const { kubectl } = input.commands;
  const { routeAddress } = input.target;
  const dns = dnsOf(input);
  const { absent, certified } = certManagerOf(input);
  const kinds = absent ? 'secrets' : 'secrets certificates';
  return [
    '## Before each session',
    'The steps are taken on different days: paste this into the shell (bash) first, in one folder for all of them. It changes nothing.',
    block([
      '# old NAMESPACE INGRESS, new NAMESPACE GATEWAY: the address in its status',
      `old() { ${kubectl} get ingress "$2" -n "$1" -o jsonpath='{range .status.loadBalancer.ingress[*]}{.hostname}{.ip}{"\\n"}{end}' | head -n 1; }`,
      `new() { ${kubectl} get gateway "$2" -n "$1" -o jsonpath='{.status.addresses[0].value}'; }`,
      ...(routeAddress === null
        ? []
        : [
            '# routed KIND NAMESPACE ROUTE: the address that the route itself has got',
            `routed() { ${kubectl} get "$1" "$3" -n "$2" -o jsonpath=${word(`{.metadata.annotations.${routeAddress.replaceAll('.', '\\.')}}`)}; }`,
          ]),
      '# taken KIND NAMESPACE ROUTE…: the Gateways of each, with Accepted and ResolvedRefs',
      `taken() { for r in "\${@:3}"; do ${kubectl} get "$1" "$r" -n "$2" -o jsonpath='{range .status.parents[*]}{.parentRef.name}{" "}{.conditions[?(@.type=="Accepted")].status}{" "}{.conditions[?(@.type=="ResolvedRefs")].status}{"\\n"}{end}' | sed "s|^|$r: |"; done; }`,
      '# ask SCHEME HOST PORT PATH: status and redirect, of the old address and of the new one',
      `ask() { for a in "$OLD" "$NEW"; do case $a in *:*) b="[$a]" ;; *) b=$a ;; esac; printf '%s at %s: ' "$1://$2$4" "$a"; curl -sS -g --path-as-is -m 20 -o /dev/null -w '%{http_code} %{redirect_url}\\n' --connect-to "$2:$3:$b:$3" "$1://$2:$3$4"; done; }`,
      '# same NAME…: all that tells their rules apart, of both addresses; only GET, HEAD and OPTIONS',
      `same() { o=(); for h in "$@"; do o+=(--host "$h"); done; gateshift probe --requests requests.json "\${o[@]}" --before "https://$OLD" --after "https://$NEW"; }`,
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
            '# told KIND NAMESPACE ROUTE…: which of them external-dns is told to leave alone',
            `told() { for r in "\${@:3}"; do ${kubectl} get "$1" "$r" -n "$2" -o jsonpath='{.metadata.annotations}' | grep -o '"[^"]*/controller":"[^"]*"' | sed "s|^|$r: |"; done; }`,
          ]),
      ...(certified.length === 0
        ? []
        : [
            '# certificate NAMESPACE NAME…: its owner, whether it is ready, and when it is renewed',
            `certificate() { for c in "\${@:2}"; do ${kubectl} get certificate "$c" -n "$1" -o jsonpath='{.metadata.name}: {.metadata.ownerReferences[0].kind}/{.metadata.ownerReferences[0].name} Ready={.status.conditions[?(@.type=="Ready")].status} {.status.renewalTime}{"\\n"}'; done; }`,
          ]),
      '# keep NAMESPACE INGRESS…: copies that can be applied again; owned NAMESPACE INGRESS…: what goes with them',
      `keep() { for i in "\${@:2}"; do ${kubectl} get ingress "$i" -n "$1" -o yaml | sed -e '/^  resourceVersion:/d' -e '/^  uid:/d' -e '/^  creationTimestamp:/d' > "$1-$i.ingress.yaml"; test -s "$1-$i.ingress.yaml" && ls "$1-$i.ingress.yaml"; done; }`,
      `owned() { for i in "\${@:2}"; do for k in ${kinds}; do ${kubectl} get $k -n "$1" -o jsonpath='{range .items[?(@.metadata.ownerReferences[0].name=="'"$i"'")]}{.metadata.name}{" "}{.metadata.ownerReferences[0].kind}/{.metadata.ownerReferences[0].name}{"\\n"}{end}' | grep ' Ingress/' | sed "s|^|$k |"; done; done; }`,
    ]),
  ];
}
