import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const alias = { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") };
const shared = {
  setupFiles: ["tests/support/setup.ts"],
  // Far from Paris and from UTC, so that code that forgets the zone fails.
  env: { TZ: "Asia/Kathmandu" },
  testTimeout: 60_000,
  hookTimeout: 60_000,
};
/** What is drawn in a browser: React as browsers have it, with its hooks. */
const screens = "components/**/*.test.tsx";

export default defineConfig({
  test: {
    projects: [
      {
        resolve: {
          alias: {
            ...alias,
            // What Next's own bundler does on the server side.
            "next/navigation": "next/dist/client/components/navigation.react-server.js",
          },
          conditions: ["react-server", "node", "import", "default"],
        },
        ssr: {
          resolve: {
            conditions: ["react-server", "node", "import", "default"],
            externalConditions: ["react-server", "node"],
          },
        },
        test: {
          ...shared,
          name: "server",
          include: ["{app,components,db,dev,lib,messages,scripts,tests}/**/*.test.{ts,tsx}", "*.test.ts"],
          exclude: ["tests/e2e/**", "node_modules/**", screens],
        },
      },
      { resolve: { alias }, test: { ...shared, name: "screens", include: [screens] } },
    ],
    // The second one is for scripts/summarize-tests.ts.
    reporters: ["default", ["json", { outputFile: ".reports/vitest.json" }]],
    maxWorkers: 2,
  },
});
