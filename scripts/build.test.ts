import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, it } from "vitest";
import { aFolder } from "@/tests/support/launcher";

/** A folder whose builder only says under which identifier it builds. */
function aBuild(variables: Record<string, string>): string {
  const folder = aFolder();
  const files = {
    "node_modules/next/dist/bin/next": "console.log('built as ' + process.env.NEXT_DEPLOYMENT_ID);",
    "node_modules/pdfjs-dist/package.json": `{ "version": "1" }`,
    "public/pdfjs/1/pdf.worker.min.mjs": "",
    ".next/BUILD_ID": "",
    ".env": "NEXT_DEPLOYMENT_ID=of-the-file\nDATABASE_URL=nothing that is read\n",
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const command = ["--conditions=react-server", resolve("scripts/build.ts")];
  const env = { PATH: process.env.PATH, ...variables } as unknown as NodeJS.ProcessEnv;
  const { stdout, stderr } = spawnSync(process.execPath, command, { cwd: folder, env, encoding: "utf8" });
  return stdout + stderr;
}

it("builds under the identifier of .env, as the start serves, unless the environment gives one", () => {
  expect(aBuild({})).toContain("built as of-the-file\n");
  expect(aBuild({ NEXT_DEPLOYMENT_ID: "of-the-environment" })).toContain("built as of-the-environment\n");
});
