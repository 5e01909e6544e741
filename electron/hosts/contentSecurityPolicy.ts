/**
 * The one policy of the page, in every host: own scripts, own styles and those that carry the nonce of this response
 * (Fluent writes style elements), nothing inline, nothing from elsewhere, no text made into script or HTML.
 */
export function contentSecurityPolicy(options: {
  readonly styleNonce: string;
  /** Where the page may connect to beside its own origin. */
  readonly connect: readonly string[];
}): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${options.styleNonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${["'self'", ...options.connect].join(" ")}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}
