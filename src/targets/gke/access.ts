import { defineFindings } from '../../ledger/finding.ts';
import { byHand, converted, LOST_PROTECTION, type Lower, placeOf, unfinished, unmapped } from '../lowering.ts';
import { backendsOf } from './backends.ts';
import { featuresOf, scopeOf } from './classes.ts';
import { backendPolicy, onBackends } from './kinds.ts';

const find = defineFindings('gke-gateway/access', {
  'iap-own-client': {
    level: 'error',
    message: (a: { secret: string; key: string; client: string }) =>
      `Identity-Aware Proxy is written with OAuth client ${a.client}; its policy reads the client secret from a Secret ${a.key} with exactly one key, which has to be made from Secret ${a.secret}`,
    help: (a) =>
      `Before the routes are applied, or the backend stands open: ${client(a)}${clientSecretCommand(a)}. Then check that the policy is Attached, and grant roles/iap.httpsResourceAccessor on the new backend service: gcloud iap web add-iam-policy-binding --resource-type=backend-services --service=NEW_BACKEND_SERVICE --member=MEMBER --role=roles/iap.httpsResourceAccessor.`,
    security: true,
  },
  'iap-inline-client': {
    level: 'error',
    message: (a: { key: string }) =>
      `Identity-Aware Proxy is written; the client secret stood in the BackendConfig itself, and its policy reads it from a Secret ${a.key} with exactly one key`,
    help: (a) =>
      `Before the routes are applied, or the backend stands open, put it into a file client-secret.txt: kubectl create secret generic ${a.key} --from-file=key=client-secret.txt in the namespace of the Service. Then check that the policy is Attached, and grant roles/iap.httpsResourceAccessor on the new backend service.`,
    security: true,
  },
  'iap-grants': {
    level: 'warning',
    message: (a: { services: string }) =>
      `Identity-Aware Proxy is written for ${a.services} with Google's own OAuth client; who may pass was granted on the old backend services`,
    help: () =>
      'Grant it on the new ones: gcloud iap web add-iam-policy-binding --resource-type=backend-services --service=NEW_BACKEND_SERVICE --member=MEMBER --role=roles/iap.httpsResourceAccessor. An application that verifies X-Goog-IAP-JWT-Assertion has to accept the new audience. Old versions of GKE ask for a client of your own.',
    security: true,
  },
  'regional-armor': {
    level: 'error',
    message: (a: { policy: string; class: string }) =>
      `a Gateway of class ${a.class} takes regional Cloud Armor policies only; ${a.policy} is a global one`,
    help: (a) =>
      `Before the routes are applied, or the backend stands open, make a policy of that name with the same rules in the region: gcloud compute security-policies export ${a.policy} --file-name=${a.policy}.yaml && gcloud compute security-policies create ${a.policy} --region=REGION && gcloud compute security-policies import ${a.policy} --region=REGION --file-name=${a.policy}.yaml`,
    security: true,
  },
  'no-armor': {
    ...LOST_PROTECTION,
    message: (a: { policy: string; class: string }) =>
      `a Gateway of class ${a.class} takes no Cloud Armor policy, so that ${a.policy} would not be applied`,
    help: () => 'Choose another class, or protect the route by other means and write it by hand.',
  },
  'address-list': {
    ...LOST_PROTECTION,
    message: (a: { action: string; ranges: string }) =>
      `clients are to be ${a.action} by address (${a.ranges}), which on GKE is a matter of Cloud Armor: its rules live outside the cluster`,
    help: (a) =>
      a.action === 'admitted'
        ? `gcloud compute security-policies create NAME; gcloud compute security-policies rules create 1000 --security-policy=NAME --src-ip-ranges=${a.ranges} --action=allow; gcloud compute security-policies rules update 2147483647 --security-policy=NAME --action=deny-403. Then name it as securityPolicy in a GCPBackendPolicy of the Service, and write the route.`
        : `gcloud compute security-policies create NAME; gcloud compute security-policies rules create 1000 --security-policy=NAME --src-ip-ranges=${a.ranges} --action=deny-403. Then name it as securityPolicy in a GCPBackendPolicy of the Service, and write the route.`,
  },
});

export const iap: Lower<'iap'> = (intent, context) => {
  const place = placeOf(intent, context);
  const backends = backendsOf(context);
  const service = backends[0]?.service ?? context.rule.ingress.name;
  if (intent.secret !== null) {
    const { namespace, name } = intent.secret;
    const clientID = context.estate.secretByName.get(`${namespace}/${name}`)?.clientId ?? 'CLIENT_ID';
    const parts = onBackends(backendPolicy, backends, { iap: { enabled: true, clientID, oauth2ClientSecret: { name: `${name}-key` } } });
    return unfinished(parts, find['iap-own-client']({ secret: `${namespace}/${name}`, key: `${name}-key`, client: clientID }, place));
  }
  if (intent.clientId !== null) {
    const name = `${service}-iap-key`;
    const parts = onBackends(backendPolicy, backends, { iap: { enabled: true, clientID: intent.clientId, oauth2ClientSecret: { name } } });
    return unfinished(parts, find['iap-inline-client']({ key: name }, place));
  }
  const services = [...new Set(backends.map((backend) => `Service ${backend.namespace}/${backend.service}`))].join(', ');
  return unfinished(onBackends(backendPolicy, backends, { iap: { enabled: true } }), find['iap-grants']({ services }, place));
};

export const cloudArmor: Lower<'cloudArmor'> = (intent, context) => {
  const args = { policy: intent.policy, class: context.gatewayClass ?? '' };
  if (!featuresOf(context).securityPolicy) return unmapped(find['no-armor'](args, placeOf(intent, context)));
  const parts = onBackends(backendPolicy, backendsOf(context), { securityPolicy: intent.policy });
  return scopeOf(context) === 'global' ? converted(parts) : unfinished(parts, find['regional-armor'](args, placeOf(intent, context)));
};

export const allowList: Lower<'allowList'> = (intent, context) =>
  byHand(find['address-list']({ action: 'admitted', ranges: intent.ranges.join(',') }, placeOf(intent, context)));

export const denyList: Lower<'denyList'> = (intent, context) =>
  byHand(find['address-list']({ action: 'refused', ranges: intent.ranges.join(',') }, placeOf(intent, context)));

function client({ client: id, secret }: { readonly client: string; readonly secret: string }): string {
  if (id !== 'CLIENT_ID') return '';
  return `put the client id in the place of CLIENT_ID (kubectl get secret ${nameOf(secret)} -n ${namespaceOf(secret)} -o jsonpath='{.data.client_id}' | base64 -d), and `;
}

/** Hands the value on without showing it. */
export function clientSecretCommand({ secret, key }: { readonly secret: string; readonly key: string }): string {
  const home = `-n ${namespaceOf(secret)}`;
  return `kubectl get secret ${nameOf(secret)} ${home} -o jsonpath='{.data.client_secret}' | base64 -d | kubectl create secret generic ${key} ${home} --from-file=key=/dev/stdin`;
}

function nameOf(text: string): string {
  return text.slice(text.indexOf('/') + 1);
}

function namespaceOf(text: string): string {
  return text.slice(0, text.indexOf('/'));
}
