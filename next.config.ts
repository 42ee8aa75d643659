import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";
import { securityHeaders } from "./lib/http/security-headers";

const withNextIntl = createNextIntlPlugin("./lib/i18n/request.ts");

const config: NextConfig = {
  poweredByHeader: false,
  // Pages get theirs from the middleware, which static files and turns do not pass through.
  headers: async () => [
    {
      source: "/api/:kind(chat|documents|exports|imports)/:path*",
      headers: [
        ...securityHeaders({ isHttps: false }).map(([key, value]) => ({ key, value })),
        { key: "content-security-policy", value: "default-src 'none'; frame-ancestors 'none'" },
      ],
    },
    {
      // What someone sent, given back: were it ever opened as a page, it would be one that can do nothing.
      source: "/api/documents/:id/original",
      headers: [{ key: "content-security-policy", value: "sandbox; default-src 'none'; frame-ancestors 'none'" }],
    },
    {
      source: "/api/exports/:path*",
      headers: [{ key: "content-security-policy", value: "sandbox; default-src 'none'; frame-ancestors 'none'" }],
    },
    {
      // Under the number of their version, hence for ever. The worker runs what the package holds, and compiles nothing of a document.
      source: "/pdfjs/:path*",
      headers: [
        {
          key: "content-security-policy",
          value: "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'",
        },
        { key: "cache-control", value: "public, max-age=31536000, immutable" },
        { key: "x-content-type-options", value: "nosniff" },
        { key: "cross-origin-resource-policy", value: "same-origin" },
      ],
    },
    {
      source: "/(.*\\.(?:svg|png|ico|woff2|txt|css|js)|_next/static/.*)",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
      ],
    },
  ],
  reactStrictMode: true,
  typedRoutes: false,
  // Loaded from node_modules as they are: WASM next to its loader, and drivers that need no bundling.
  serverExternalPackages: ["@electric-sql/pglite", "postgres", "@redis/client", "pg-boss"],
};

export default withNextIntl(config);
