import { registerHooks } from "node:module";

/** Lets a plain process run the product's own files: `@/…` is the root of the project, and `.ts` may be left out. */
const root = new URL("../../", import.meta.url);

registerHooks({
  resolve(specifier, context, next) {
    const path = specifier.startsWith("@/") ? new URL(specifier.slice(2), root).href : specifier;
    const isOurs = context.parentURL?.startsWith(root.href) && !context.parentURL.includes("/node_modules/");
    const isWithoutExtension = isOurs && /^(\.|file:)/.test(path) && !/\.(ts|mjs|json)$/.test(path);
    return next(isWithoutExtension ? `${path}.ts` : path, context);
  },
});
