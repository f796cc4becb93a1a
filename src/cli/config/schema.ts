import * as z from 'zod';
import { packs } from '../../../rules/index.ts';
import { CHANNELS, GATEWAY_API_VERSIONS } from '../../gateway/release.ts';
import { vendorsOf } from '../../rule/claim.ts';
import { TARGET_NAMES } from '../../targets/index.ts';
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
  target: z.enum(TARGET_NAMES).optional().describe('Implementation to write for'),
  gatewayApi: z.enum(GATEWAY_API_VERSIONS).optional().describe('Gateway API release installed at the destination'),
  channel: z.enum(CHANNELS).optional().describe('Channel of its CRDs'),
  gatewayClass: z.string().regex(SUBDOMAIN, 'no GatewayClass can be called that').optional().describe('GatewayClass of every Gateway'),
  gatewayNamespace: z.string().regex(LABEL, 'no namespace can be called that').optional().describe('Namespace of shared Gateways'),
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
  crds: z.array(path).optional().describe('CRDs to hold the output against'),
  outDir: path.optional().describe('Where convert writes its files'),
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
