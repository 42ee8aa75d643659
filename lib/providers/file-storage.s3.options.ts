import "server-only";
import { join } from "node:path";
import type { Settings } from "../env.ts";
import type { S3Options } from "./file-storage.s3.ts";

/** Undefined when files stay in a local folder. */
export function s3OptionsOf(settings: Settings): S3Options | undefined {
  const { S3_ENDPOINT, S3_REGION, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = settings;
  if (!S3_ENDPOINT || !S3_BUCKET || !S3_ACCESS_KEY_ID || !S3_SECRET_ACCESS_KEY) return undefined;
  return {
    endpoint: S3_ENDPOINT,
    region: S3_REGION,
    bucket: S3_BUCKET,
    accessKeyId: S3_ACCESS_KEY_ID,
    secretAccessKey: S3_SECRET_ACCESS_KEY,
    pathStyle: settings.S3_PATH_STYLE,
    copiesFolder: join(settings.DATA_DIR, "copies"),
  };
}
