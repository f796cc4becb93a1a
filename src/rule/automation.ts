/** What other tools do for an Ingress: what is lost with it when it goes. */
export interface Automation {
  /** cert-manager makes Certificates, called like the Secrets, that belong to the Ingress; null where it makes none. */
  readonly certificates: {
    /** `ClusterIssuer letsencrypt`; null: cert-manager's default issuer. */
    readonly issuer: { readonly kind: string; readonly name: string } | null;
    readonly names: readonly string[];
    /** HTTP-01 challenges go through this Ingress, or an Ingress of a class that is named here. */
    readonly solver: boolean;
  } | null;
  /** What is said to external-dns: full names of annotations with their values. It reads an Ingress without any as well. */
  readonly dns: readonly { readonly name: string; readonly value: string }[];
  /** An annotation without which its load balancer may be deleted, and what is left of its value; null where nothing keeps it. */
  readonly deletionProtection: { readonly name: string; readonly without: string | null } | null;
}
