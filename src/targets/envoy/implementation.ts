/** An implementation that has Envoy as its proxy: what Envoy cannot do none of them can, and each says so under its own name. */
export interface Implementation {
  /** First part of the codes of its findings. */
  readonly name: string;
  readonly title: string;
}
