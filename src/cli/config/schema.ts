import * as z from 'zod';
import { packs } from '../../../rules/index.ts';
import { CHANNELS, GATEWAY_API_VERSIONS } from '../../gateway/release.ts';
import { vendorsOf } from '../../rule/claim.ts';
import { TARGET_CHOICES } from '../../targets/index.ts';
import { isCode, isDay } from '../../waivers/waiver.ts';
import { FAIL_ON } from '../options.ts';

const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const NAMESPACED = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\/[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

const path = z.string().min(1, 'it names no file');

const waiver = z.strictObject({
  code: z
    .string()
    .refine(isCode, 'it is no code of a finding: write standard/body-size/no-field, or standard/* for all that begin so')
    .describe('Code of a finding, or its beginning and /*'),
  ingress: z
    .string()
    .regex(/^[^/\s]+\/[^/\s]+$/, 'an Ingress is named NAMESPACE/NAME')
    .optional()
    .describe('NAMESPACE/NAME, * for any text; default: every Ingress'),
  setting: z.string().min(1).optional().describe('Annotation or field path; default: every setting'),
  reason: z
    .string()
    .refine((text) => text.trim() !== '', 'a reason is needed')
    .describe('Why the loss is accepted'),
  until: z.string().refine(isDay, 'it is no day: write YYYY-MM-DD').optional().describe('Last day on which it holds, YYYY-MM-DD'),
});

/** gateshift.yaml. Paths are relative to the file. Each key but `$schema`, `paths` and `waivers` is an option of the command line. */
export const configSchema = z.strictObject({
  $schema: z.string().optional().describe('This schema, for editors'),
  paths: z.array(path).optional().describe('What to read when the command line names no path'),
  target: z.enum(TARGET_CHOICES).optional().describe('Implementation to write for'),
  targets: z.array(z.enum(TARGET_CHOICES)).optional().describe('Targets that compare looks at'),
  gatewayApi: z.enum(GATEWAY_API_VERSIONS).optional().describe('Gateway API release installed at the destination'),
  channel: z.enum(CHANNELS).optional().describe('Channel of its CRDs'),
  gatewayClass: z.string().regex(SUBDOMAIN, 'no GatewayClass can be called that').optional().describe('GatewayClass of every Gateway'),
  gatewayNamespace: z.string().regex(LABEL, 'no namespace can be called that').optional().describe('Namespace of shared Gateways'),
  gateway: z
    .union([
      z.enum(['shared', 'per-namespace', 'per-ingress']),
      z.string().regex(NAMESPACED, 'write shared, per-namespace, per-ingress or NAMESPACE/NAME'),
    ])
    .optional()
    .describe('How Gateways divide what is served, or the one to use'),
  listeners: z.enum(['gateway', 'listenerset']).optional().describe('Where listeners stand'),
  foldWildcard: z
    .array(z.string().regex(/^\*(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?){2,}$/, 'write *.example.com'))
    .optional()
    .describe('Wildcards whose listeners the hosts below share'),
  foldAcrossNamespaces: z.boolean().optional().describe('Share them as well where routes come from different namespaces'),
  allowedRoutes: z
    .string()
    .min(1, 'it admits nobody')
    .optional()
    .describe('Whose routes listeners take: listed, same, KEY=VALUE, KEY or all'),
  classes: z
    .record(z.string(), z.enum(vendorsOf(packs)))
    .optional()
    .describe('Who serves an ingress class: name → vendor'),
  defaultCertificate: z
    .string()
    .regex(NAMESPACED, 'a Secret is named NAMESPACE/NAME')
    .optional()
    .describe("Secret with the controller's default certificate, NAMESPACE/NAME"),
  nginxConfigmap: z
    .string()
    .regex(NAMESPACED, 'a ConfigMap is named NAMESPACE/NAME')
    .optional()
    .describe("ingress-nginx's ConfigMap in the input, NAMESPACE/NAME"),
  nginxFlags: z
    .record(z.string(), z.union([z.string(), z.boolean()]))
    .optional()
    .describe('Flags that ingress-nginx runs with: name → value'),
  targetOptions: z
    .record(z.string(), z.union([z.string(), z.boolean()]))
    .optional()
    .describe('Settings of the target: name → value'),
  defaultNamespace: z.string().regex(LABEL, 'no namespace can be called that').optional().describe('Namespace of objects that name none'),
  onSecurityLoss: z.enum(['withhold', 'emit']).optional().describe('What becomes of a route whose protection cannot be written'),
  notServed: z.enum(['skip', 'convert']).optional().describe('What becomes of an Ingress that its controller refuses to serve'),
  loadBalancerServices: z.boolean().optional().describe('Convert Services of type LoadBalancer as well'),
  conformance: path.optional().describe('GatewayClass or conformance report: what the implementation supports'),
  crds: z.array(path).optional().describe('CRDs to hold the output against'),
  context: z.string().min(1, 'it names no context').optional().describe('Context of the kubeconfig that --cluster reads'),
  namespace: z.array(z.string().regex(LABEL, 'no namespace can be called that')).optional().describe('Namespaces that --cluster reads'),
  selector: z.string().min(1, 'it selects nothing').optional().describe('Labels of the Ingresses that --cluster reads'),
  kubectl: path.optional().describe('The kubectl that --cluster reads with'),
  outDir: path.optional().describe('Where convert writes its files'),
  write: z.enum(['folder', 'sibling']).optional().describe('Where convert writes: under outDir, or beside the Ingresses'),
  kustomization: z.boolean().optional().describe('A kustomization.yaml in every folder under outDir'),
  rbac: z.boolean().optional().describe('A Role for the owner of each folder under outDir'),
  owners: z.record(z.string(), z.string()).optional().describe('Who owns a folder of the output: routes/shop → @shop-team'),
  report: z.array(path).optional().describe('FORMAT or FORMAT=FILE, any number'),
  failOn: z.enum(FAIL_ON).optional().describe('Exit with 1 when a setting ended like this or worse'),
  baseline: path.optional().describe('What check knows already'),
  color: z.enum(['auto', 'always', 'never']).optional().describe('Colour'),
  quiet: z.boolean().optional().describe('Errors only'),
  verbose: z.boolean().optional().describe('Every setting and every finding'),
  waivers: z.array(waiver).optional().describe('Losses that are accepted'),
});

export type Config = z.infer<typeof configSchema>;

/** The same as JSON Schema, for editors; the build publishes it. */
export function configJsonSchema(): object {
  return { ...z.toJSONSchema(configSchema), title: 'gateshift.yaml' };
}
