export interface HeaderValue {
  readonly name: string;
  readonly value: string;
}
