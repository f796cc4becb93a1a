/** How listeners say whose routes they take, and Gateways whose ListenerSets. */
export type Admission =
  /** Exactly the namespaces that have routes there, by name. */
  | { readonly kind: 'listed' }
  /** The namespace of the Gateway alone. */
  | { readonly kind: 'same' }
  /** Namespaces with this label; `value` null: with one of the values that the namespaces with routes have. */
  | { readonly kind: 'label'; readonly key: string; readonly value: string | null }
  /** Every namespace. */
  | { readonly kind: 'all' };

/** Each namespace has it, with its name as the value, and nobody can change that. */
export const NAMESPACE_NAME = 'kubernetes.io/metadata.name';
