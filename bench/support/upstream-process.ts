import { startUpstream } from "./upstream.ts";

/** The fake model in a process of its own: what it costs is nobody else's. */
const { baseUrl } = await startUpstream();
process.stdout.write(`${baseUrl}\n`);
