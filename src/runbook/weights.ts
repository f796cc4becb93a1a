import { dnsOf } from './external-dns.ts';
import type { RunbookInput } from './input.ts';
import { block } from './markdown.ts';

type Provider = 'route53' | 'google';

/** `weigh NAME OLD NEW`, by the provider of the records: those that the estate speaks of, or both that have weights of their own. */
export function weightSection(input: RunbookInput): readonly string[] {
  const providers = providersOf(input);
  return [
    '### 3.3 Weighted records',
    'The waves call `weigh NAME 95 5`: of a hundred answers, 95 lead to `$OLD` and 5 to `$NEW`. Paste the definition of your provider after the functions above, with the zone of the names. Others: Azure has weights in Traffic Manager and Cloudflare in Load Balancing, not in their DNS; without any, replace the old address by the new one in one step, and back the same way.',
    ...providers.flatMap((provider) => (provider === 'route53' ? ROUTE53 : GOOGLE)),
  ];
}

function providersOf(input: RunbookInput): readonly Provider[] {
  const dns = dnsOf(input);
  const names = dns.kind === 'seen' ? dns.instances.map(({ provider }) => provider) : [];
  if (names.length > 0 && names.every((name) => name === 'aws')) return ['route53'];
  if (names.length > 0 && names.every((name) => name === 'google')) return ['google'];
  const vendors = new Set(input.tables.map(({ vendor }) => vendor));
  const [isAws, isGoogle] = [vendors.has('alb'), vendors.has('gke')];
  if (isAws !== isGoogle) return [isAws ? 'route53' : 'google'];
  return ['route53', 'google'];
}

const ROUTE53: readonly string[] = [
  'Route 53: a name has either one simple record or weighted ones. `simple NAME` prints those of today; write them down, they are the way back. `weigh` makes two weighted records and takes the simple ones away in the same change, so that there is no moment without. Both halves have to be of one type. A load balancer of AWS is named by an alias there, and the top of a zone has to be: put `"AliasTarget":{"HostedZoneId":"…","DNSName":"…","EvaluateTargetHealth":false}` in place of `TTL` and `ResourceRecords`, and `A` for `CNAME`.',
  block([
    'ZONE=Z0123456789   # aws route53 list-hosted-zones',
    `simple() { n=$(printf '%s' "$1" | sed 's/^\\*/\\\\052/'); aws route53 list-resource-record-sets --hosted-zone-id "$ZONE" --query "ResourceRecordSets[?Name=='$n.' && SetIdentifier==null && (Type=='A' || Type=='AAAA' || Type=='CNAME')].{Action:'DELETE',ResourceRecordSet:@}" --output json; }`,
    `half() { case $4 in *:*) t=AAAA ;; *[!0-9.]*) t=CNAME ;; *) t=A ;; esac; printf '{"Action":"UPSERT","ResourceRecordSet":{"Name":"%s.","Type":"%s","SetIdentifier":"%s","Weight":%s,"TTL":60,"ResourceRecords":[{"Value":"%s"}]}}' "$1" "$t" "$2" "$3" "$4"; }`,
    `weigh() { s=$(simple "$1" | tr -d '\\n') || return; s=\${s#[}; s=\${s%]}; case $s in *Action*) s="$s," ;; *) s= ;; esac; aws route53 change-resource-record-sets --hosted-zone-id "$ZONE" --change-batch "{\\"Changes\\":[$s$(half "$1" old "$2" "$OLD"),$(half "$1" new "$3" "$NEW")]}"; }`,
  ]),
];

const GOOGLE: readonly string[] = [
  'Cloud DNS: both addresses have to be of one kind (two IP addresses, or two names).',
  block([
    'ZONE=my-zone   # gcloud dns managed-zones list',
    `weigh() { case $OLD in *:*) t=AAAA e= ;; *[!0-9.]*) t=CNAME e=. ;; *) t=A e= ;; esac; gcloud dns record-sets update "$1." --zone="$ZONE" --type="$t" --ttl=60 --routing-policy-type=WRR --routing-policy-data="$2=$OLD$e;$3=$NEW$e"; }`,
  ]),
];
