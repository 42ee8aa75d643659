import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it, onTestFinished } from "vitest";
import { launch } from "@/tests/support/launcher";

async function aServingProcess({ workMs }: { workMs: number }) {
  const launcher = spawn(process.execPath, ["-e", "setInterval(() => {}, 60_000)"]);
  const served = launch(["tests/support/serving-process.ts", String(launcher.pid), String(workMs)]);
  onTestFinished(() => {
    launcher.kill("SIGKILL");
    served.child.kill("SIGKILL");
  });
  if (served.child.stdout) await once(served.child.stdout, "data");
  return { launcher, ...served };
}

it("ends soon after its launcher was killed, even without a word", async () => {
  const { launcher, ended } = await aServingProcess({ workMs: 60_000 });
  launcher.kill("SIGKILL");
  expect(await ended).toMatchObject({ code: 1 });
});

it("lets running work end, then closes, when it is asked to stop", async () => {
  const { child, ended } = await aServingProcess({ workMs: 1_000 });
  child.kill("SIGTERM");
  expect(await ended).toEqual({ code: 0, out: "serving\nworked\nclosed\n" });
});
