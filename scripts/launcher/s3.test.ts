import { afterAll, expect, it } from "vitest";
import { readSettings } from "@/lib/env";
import { S3_BUCKET, S3_KEYS, startScriptedS3 } from "@/tests/support/scripted-s3";
import { requireFileStorage } from "./s3.ts";

const s3 = await startScriptedS3();
afterAll(() => s3.close());

const RIGHT = {
  S3_ENDPOINT: s3.endpoint,
  S3_BUCKET,
  S3_ACCESS_KEY_ID: S3_KEYS.accessKeyId,
  S3_SECRET_ACCESS_KEY: S3_KEYS.secretAccessKey,
};

async function tried(wrong: Record<string, string> = {}): Promise<string> {
  const result = readSettings({ ...RIGHT, ...wrong });
  if (!result.ok) return result.problems.join("\n");
  return requireFileStorage(result.settings).then(
    () => "accepted",
    (error: Error) => error.message,
  );
}

it("accepts a storage in which a file can be written, read and removed, and leaves nothing there", async () => {
  expect(await tried()).toBe("accepted");
  expect(s3.requests.filter((said) => said.includes("start-check")).map((said) => said.split(" ")[0])).toEqual([
    "PUT",
    "GET",
    "DELETE",
    "GET",
  ]);
  expect(s3.keys()).toEqual([]);
});

it.each([
  [{ S3_SECRET_ACCESS_KEY: "faux-secret" }, /^Le stockage S3 refuse la connexion.*S3_SECRET_ACCESS_KEY/],
  [{ S3_BUCKET: "absent" }, /^Le stockage S3 ne connaît pas le bucket de S3_BUCKET/],
  [{ S3_ENDPOINT: "http://127.0.0.1:9" }, /^Le stockage S3 ne répond pas.*S3_ENDPOINT/],
  [{ S3_SECRET_ACCESS_KEY: "" }, /^S3_SECRET_ACCESS_KEY : variable obligatoire/],
  [{ S3_BUCKET: "Un nom" }, /^S3_BUCKET : /],
])("says in a sentence what is to be changed: %o", async (wrong, sentence) => {
  const said = await tried(wrong);
  expect(said).toMatch(sentence);
  expect(said).not.toContain("faux-secret");
});

it("says that a key may not list, when it is not told that a file is missing", async () => {
  s3.misbehave("forbidden-when-missing", /GET .*start-check/, 99);
  expect(await tried()).toMatch(/s3:ListBucket/);
});

it("asks nothing of anyone when files stay in a folder", async () => {
  const none = { S3_ENDPOINT: "", S3_BUCKET: "", S3_ACCESS_KEY_ID: "", S3_SECRET_ACCESS_KEY: "" };
  const before = s3.requests.length;
  expect(await tried(none)).toBe("accepted");
  expect(s3.requests).toHaveLength(before);
});
