/** Where the middleware tells the pages their nonce. Next reads the policy itself. */
export const NONCE_HEADER = "x-nonce";

const NONCE_BYTES = 16;
const YEAR_SECONDS = 365 * 24 * 60 * 60;

export const newNonce = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(NONCE_BYTES))));

/** `isDevelopment`: Next's development server evaluates code, shows an overlay it styles inline, and talks through a web socket. */
export function contentSecurityPolicy(nonce: string, { isDevelopment }: { isDevelopment: boolean }): string {
  const directives: Record<string, string> = {
    "default-src": "'self'",
    "script-src": `'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    "style-src": isDevelopment ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`,
    // What draws PDF files. Without it, workers would follow `script-src`, whose « strict-dynamic » ignores where they come from.
    "worker-src": "'self'",
    // Code colours and formulas carry style attributes; they cannot fetch nor run anything.
    "style-src-attr": "'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": `'self'${isDevelopment ? " ws:" : ""}`,
    "form-action": "'self'",
    "frame-src": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
    "base-uri": "'none'",
  };
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}

/** What every answer carries, besides the content security policy. */
export function securityHeaders({ isHttps }: { isHttps: boolean }): [name: string, value: string][] {
  return [
    ...(isHttps
      ? [["strict-transport-security", `max-age=${YEAR_SECONDS}; includeSubDomains`] as [string, string]]
      : []),
    ["x-content-type-options", "nosniff"],
    // The address of a conversation is nobody else's business.
    ["referrer-policy", "same-origin"],
    ["permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"],
    ["cross-origin-opener-policy", "same-origin"],
  ];
}
