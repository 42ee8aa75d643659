import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const alias = { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") };
const shared = {
  globalSetup: ["tests/support/global-setup.ts"],
  setupFiles: ["tests/support/setup.ts"],
  // Far from Paris and from UTC, so that code that forgets the zone fails.
  env: { TZ: "Asia/Kathmandu" },
  testTimeout: 60_000,
  hookTimeout: 60_000,
};
/** What is drawn in a browser: React as browsers have it, with its hooks. */
const screens = "components/**/*.test.tsx";

/** What kills processes, and needs the built application: `npm run test:faults`. */
const faults = "tests/faults/**/*.test.ts";

/** What Next's own bundler does on the server side. */
const onServer = {
  resolve: {
    alias: { ...alias, "next/navigation": "next/dist/client/components/navigation.react-server.js" },
    conditions: ["react-server", "node"],
  },
  ssr: {
    resolve: {
      conditions: ["react-server", "node"],
      externalConditions: ["react-server", "node"],
    },
  },
};

export default defineConfig({
  test: {
    projects: [
      {
        ...onServer,
        test: {
          ...shared,
          name: "server",
          include: ["{app,components,db,dev,lib,messages,scripts,tests}/**/*.test.{ts,tsx}", "*.test.ts"],
          exclude: ["tests/e2e/**", faults, "node_modules/**", screens],
        },
      },
      // They mostly wait: for an answer to be written, for a death to be noticed.
      {
        ...onServer,
        test: { ...shared, name: "faults", include: [faults], maxWorkers: 2, expect: { poll: { timeout: 15_000 } } },
      },
      { resolve: { alias }, test: { ...shared, name: "screens", include: [screens] } },
    ],
    // The second one is for scripts/summarize-tests.ts.
    reporters: [
      "default",
      ["json", { outputFile: `.reports/${process.argv.includes("faults") ? "faults" : "vitest"}.json` }],
    ],
    maxWorkers: 2,
  },
});
