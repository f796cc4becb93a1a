import type { WrittenField } from '../ledger/outcome.ts';

/** What a side does with a request. */
export type Answer =
  | {
      readonly kind: 'backends';
      /** By backend, each once; weights are parts of their sum. */
      readonly shares: readonly Share[];
      /** Intents that guard the way: `basicAuth`, `allowList`, … by name. */
      readonly protections: readonly string[];
    }
  /** TLS goes to a backend as it came; what is inside is the backend's matter. */
  | { readonly kind: 'passthrough'; readonly shares: readonly Share[] }
  | { readonly kind: 'redirect'; readonly status: number; readonly location: string }
  /** Answered by the proxy itself. */
  | { readonly kind: 'error'; readonly status: number }
  /** Nothing listens for this scheme, port and host. */
  | { readonly kind: 'unreachable' }
  /** A pattern that this tool cannot evaluate stands in the way. */
  | { readonly kind: 'undecidable'; readonly because: string };

export interface Share {
  /** `namespace/service:port`. */
  readonly backend: string;
  readonly weight: number;
  /** Path as the backend receives it; '' below HTTP. */
  readonly path: string;
  /** Host header as the backend receives it; null = the client's. */
  readonly host: string | null;
}

/** An answer and where it comes from, for the report. */
export interface Evaluated {
  readonly answer: Answer;
  /** The rule: `default/web rules[0].paths[1]` before, `HTTPRoute default/web-a-test rules[2]` after; '' when none. */
  readonly source: string;
  /** The field of the object that answered, on the side of Gateway API. */
  readonly field: WrittenField | null;
  /** The fields of rules that would have answered a client of another address. */
  readonly beside?: readonly WrittenField[];
  /** The same for a client of an address that rules ask for, where they ask; `answer` is that for all others. */
  readonly inside?: Omit<Evaluated, 'inside'>;
}

/** For people: `shop/web:80 as /x behind basicAuth`, `308 → https://…`. */
export function answerText(answer: Answer): string {
  switch (answer.kind) {
    case 'backends': {
      const guarded = answer.protections.length === 0 ? '' : ` behind ${answer.protections.join(', ')}`;
      return `${sharesText(answer.shares, (share) => `${share.path === '' ? '' : ` as ${share.path}`}${share.host === null ? '' : ` (host ${share.host})`}`)}${guarded}`;
    }
    case 'passthrough':
      return `TLS passed through to ${sharesText(answer.shares, () => '')}`;
    case 'redirect':
      return `${answer.status} → ${answer.location}`;
    case 'error':
      return answer.status < 400 ? `fixed response ${answer.status}` : `error ${answer.status}`;
    case 'unreachable':
      return 'no listener';
    case 'undecidable':
      return `undecidable: ${answer.because}`;
    default:
      return answer satisfies never;
  }
}

function sharesText(shares: readonly Share[], detail: (share: Share) => string): string {
  const total = shares.reduce((sum, share) => sum + share.weight, 0);
  return shares
    .map((share) => {
      const part = shares.length === 1 ? '' : ` ${Math.round((share.weight / Math.max(1, total)) * 1000) / 10}%`;
      return `${share.backend}${part}${detail(share)}`;
    })
    .join(' | ');
}
