const layers = "^(app|components|lib|db)/";
const tests = "[.]test[.]tsx?$|^tests/";
const dataFiles = "^lib/[^/]+/(queries|mutations|maintenance)[.]ts$";
const domains =
  "^lib/(access|announcements|assistant|audit|auth|conversations|documents|feedback|limits|privacy|surveys|usage|web)/";
const vendors = "(^|/)node_modules/(@ai-sdk|@aws-sdk|@redis|s3mini)/";
const no = (name, from, to) => ({ name, severity: "error", from, to });

/** Imports go one way: app → components → lib → db. `lib/env.ts` is the one thing db/ may see of the product. */
module.exports = {
  forbidden: [
    no(
      "db-knows-only-the-environment",
      { path: "^db/", pathNot: tests },
      { path: "^(app|components|lib)/", pathNot: "^lib/env[.]ts$" },
    ),
    no("nothing-imports-app", { path: "^(components|lib)/", pathNot: tests }, { path: "^app/" }),
    no("lib-knows-no-screen", { path: "^lib/", pathNot: tests }, { path: "^components/" }),
    no("screens-read-no-data", { path: "^components/", pathNot: tests }, { path: `${dataFiles}|^lib/providers/|^db/` }),
    no(
      "infrastructure-knows-no-domain",
      { path: "^lib/(errors|http|process|providers|telemetry)/", pathNot: tests },
      { path: domains, pathNot: "(schema|stream-parts)[.]ts$" },
    ),
    no(
      "one-door-to-the-database",
      { path: "^(app|components|lib)/", pathNot: `${dataFiles}|${tests}` },
      { path: "^db/" },
    ),
    no(
      "vendors-stay-behind-ports",
      { path: `${layers}|^(middleware|instrumentation)[.]ts$`, pathNot: `^lib/providers/|${tests}` },
      { path: vendors },
    ),
    no(
      "the-product-knows-no-stand-in",
      { path: `${layers}|^(middleware|instrumentation)[.]ts$`, pathNot: `${tests}` },
      { path: "^(dev|scripts|bench|tests)/" },
    ),
    no("no-cycles", {}, { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } }),
    no("every-import-resolves", {}, { couldNotResolve: true }),
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    // TypeScript 7 has no JavaScript interface to parse with; @swc/core reads the sources instead.
    parser: "swc",
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["react-server", "node", "import", "types", "default"],
    },
  },
};
