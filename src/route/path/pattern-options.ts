/** How a controller compares a location pattern. */
export interface PatternOptions {
  readonly caseInsensitive: boolean;
}
