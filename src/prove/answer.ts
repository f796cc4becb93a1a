/** What a side does with a request. */
export type Answer =
  | {
      readonly kind: 'backends';
      /** By backend, each once; weights are parts of their sum. */
      readonly shares: readonly Share[];
      /** Intents that guard the way: `basicAuth`, `allowList`, … by name. */
      readonly protections: readonly string[];
    }
  | { readonly kind: 'redirect'; readonly status: number; readonly location: string }
  | { readonly kind: 'error'; readonly status: number }
  /** Nothing listens for this scheme, port and host. */
  | { readonly kind: 'unreachable' }
  /** A pattern that this tool cannot evaluate stands in the way. */
  | { readonly kind: 'undecidable'; readonly because: string };

export interface Share {
  /** `namespace/service:port`. */
  readonly backend: string;
  readonly weight: number;
  /** Path as the backend receives it. */
  readonly path: string;
  /** Host header as the backend receives it; null = the client's. */
  readonly host: string | null;
}

/** An answer and where it comes from, for the report. */
export interface Evaluated {
  readonly answer: Answer;
  /** The rule: `default/web rules[0].paths[1]` before, `HTTPRoute default/web-a-test rules[2]` after; '' when none. */
  readonly source: string;
}

export function answerText(answer: Answer): string {
  switch (answer.kind) {
    case 'backends': {
      const total = answer.shares.reduce((sum, share) => sum + share.weight, 0);
      const guarded = answer.protections.length === 0 ? '' : ` behind ${answer.protections.join(', ')}`;
      const shares = answer.shares.map((share) => {
        const part = answer.shares.length === 1 ? '' : ` ${Math.round((share.weight / Math.max(1, total)) * 1000) / 10}%`;
        return `${share.backend}${part} as ${share.path}${share.host === null ? '' : ` (host ${share.host})`}`;
      });
      return `${shares.join(' | ')}${guarded}`;
    }
    case 'redirect':
      return `${answer.status} → ${answer.location}`;
    case 'error':
      return `error ${answer.status}`;
    case 'unreachable':
      return 'no listener';
    case 'undecidable':
      return `undecidable: ${answer.because}`;
    default:
      return answer satisfies never;
  }
}
