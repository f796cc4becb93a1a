import type { Intent, IntentOf } from '../../intent/intent.ts';
import type { WrittenTable } from '../contract.ts';
import { clientSecretCommand } from './access.ts';
import { certificateSteps } from './certificate-steps.ts';
import { outsideOf } from './certificates.ts';
import { type ClassFeatures, DEFAULT_CLASS, featuresOf } from './classes.ts';
import { word } from './shell.ts';

/** What the Gateway needs that no manifest makes. */
export function isOutside(written: WrittenTable): boolean {
  const { scope } = featuresOf(written);
  return (
    scope !== 'global' ||
    intentsOf(written).some(
      (intent) =>
        intent.kind === 'iap' ||
        (intent.kind === 'gke' &&
          ((intent.feature === 'certificates' && makesCertificates(written)) || intent.feature === 'staticAddress')),
    )
  );
}

function makesCertificates(written: WrittenTable): boolean {
  return certificatesOf(written).length > 0;
}

/** From what has to be there before, over applying and looking at it, to the switch. Each line a command or a comment; nothing is deleted. */
export function stepsFor(written: WrittenTable): readonly string[] {
  const { gateway, gatewayClass } = written;
  const features = featuresOf(written);
  const home = `-n ${gateway.namespace}`;
  const address = addressOf(written);
  const patch = JSON.stringify({ spec: { addresses: [{ type: 'NamedAddress', value: `${address?.name ?? ''}-2` }] } });
  return [
    '# where it is missing: gcloud container clusters update CLUSTER --location=LOCATION --gateway-api=standard',
    `kubectl get gatewayclass ${word(gatewayClass ?? DEFAULT_CLASS)}`,
    ...(features.scope === 'global' ? [] : regionSteps(features)),
    ...(features.imports ? FLEET : []),
    ...namedPolicies(written, features),
    ...certificatesOf(written),
    ...(address === null ? [] : reserve(address)),
    ...secretSteps(written),
    '# apply what was written: Services and policies first, then the Gateway and its routes',
    ...(address === null
      ? []
      : [
          `# side by side with the Ingress, which holds ${address.name}:`,
          `kubectl patch gateway ${gateway.name} ${home} --type=merge -p '${patch}'`,
        ]),
    `kubectl wait --for=condition=Programmed gateway/${gateway.name} ${home} --timeout=15m`,
    ...(features.imports ? [`kubectl get serviceimports.net.gke.io ${home}`] : []),
    `kubectl get gcpgatewaypolicies,gcpbackendpolicies,healthcheckpolicies ${home} -o custom-columns='KIND:.kind,NAME:.metadata.name,ATTACHED:.status.conditions[?(@.type=="Attached")].status'`,
    ...grants(written),
    ...tests(written),
    '# lower the TTL of the DNS records, let them name the new address, and wait until no client comes to the old one',
  ];
}

const FLEET = ['gcloud container fleet multi-cluster-services describe', 'gcloud container fleet ingress describe'];

/** The region is that of the command line's configuration. */
function regionSteps({ scope }: ClassFeatures): readonly string[] {
  const purpose = scope === 'regional' ? 'REGIONAL_MANAGED_PROXY' : 'GLOBAL_MANAGED_PROXY';
  return [
    'REGION="$(gcloud config get compute/region)"',
    `# there has to be a proxy-only subnet, which an internal Ingress of the same network has made necessary before:`,
    `gcloud compute networks subnets list --filter="purpose=${purpose} AND region:$REGION"`,
  ];
}

function addressOf(written: WrittenTable): Extract<IntentOf<'gke'>, { feature: 'staticAddress' }> | null {
  const { scope } = featuresOf(written);
  for (const intent of intentsOf(written))
    if (intent.kind === 'gke' && intent.feature === 'staticAddress' && intent.scope === scope) return intent;
  return null;
}

function reserve({ name, scope }: { readonly name: string; readonly scope: 'global' | 'regional' }): readonly string[] {
  if (scope === 'global') return [`gcloud compute addresses create ${word(`${name}-2`)} --global --ip-version=IPV4`];
  return [
    `SUBNET="$(gcloud compute addresses describe ${word(name)} --region="$REGION" --format="value(subnetwork.basename())")"`,
    `gcloud compute addresses create ${word(`${name}-2`)} --region="$REGION" --subnet="$SUBNET" --purpose=SHARED_LOADBALANCER_VIP`,
  ];
}

/** Policies that are named only: a Gateway or a backend with one that is not there is not set up. */
function namedPolicies(written: WrittenTable, { scope }: ClassFeatures): readonly string[] {
  const where = scope === 'global' ? '' : ' --region="$REGION"';
  const lines = intentsOf(written).flatMap((intent) => {
    if (intent.kind === 'cloudArmor') return [`gcloud compute security-policies describe ${word(intent.policy)}${where}`];
    return intent.kind === 'gke' && intent.feature === 'sslPolicy'
      ? [`gcloud compute ssl-policies describe ${word(intent.policy)}${where === '' ? ' --global' : where}`]
      : [];
  });
  return [...new Set(lines)];
}

function certificatesOf(written: WrittenTable): readonly string[] {
  const [ingress] = written.table.loadBalancer.ingresses;
  const certificates = outsideOf(written.table);
  return ingress === undefined || certificates.length === 0
    ? []
    : certificateSteps(certificates, featuresOf(written), ingress, written.estate);
}

/** The client secrets of logins, as their policies want them. */
function secretSteps(written: WrittenTable): readonly string[] {
  const lines = intentsOf(written).flatMap((intent) =>
    intent.kind === 'iap' && intent.secret !== null
      ? [clientSecretCommand({ secret: `${intent.secret.namespace}/${intent.secret.name}`, key: `${intent.secret.name}-key` })]
      : [],
  );
  return [...new Set(lines)];
}

function grants(written: WrittenTable): readonly string[] {
  if (!intentsOf(written).some(({ kind }) => kind === 'iap')) return [];
  const { gateway } = written;
  return [
    '# the new backend services: grant on them what is granted on the old ones (gcloud iap web add-iam-policy-binding --resource-type=backend-services --role=roles/iap.httpsResourceAccessor)',
    `kubectl get gateway ${gateway.name} -n ${gateway.namespace} -o jsonpath='{.metadata.annotations.networking\\.gke\\.io/backend-services}'`,
  ];
}

/** A request for a host over each scheme, sent to the new address. */
function tests({ table, gateway, listeners }: WrittenTable): readonly string[] {
  const host = table.hosts.map((each) => each.host).find((name) => name !== '' && !name.startsWith('*'));
  if (host === undefined) return [];
  const ip = `"$(kubectl get gateway ${gateway.name} -n ${gateway.namespace} -o jsonpath='{.status.addresses[0].value}')"`;
  return listeners.map(({ protocol, port }) => {
    const scheme = protocol === 'HTTPS' ? 'https' : 'http';
    return `curl -sS -o /dev/null -w '%{http_code}\\n' --resolve ${word(host)}:${port}:${ip} ${scheme}://${word(host)}${port === 80 || port === 443 ? '' : `:${port}`}/`;
  });
}

function intentsOf({ table }: WrittenTable): readonly Intent[] {
  return [
    ...(table.loadBalancer.intents ?? []),
    ...table.hosts.flatMap((host) => [...host.intents, ...host.rules.flatMap(({ intents }) => intents)]),
  ];
}
