/** Equal to the package's; a test holds them together. */
export const VERSION = '0.1.0';
