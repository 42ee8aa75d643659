import { startRelay } from "./upstream.ts";

/** The relay in a process of its own, as the application is: `argv[2]` is what it passes bytes from. */
const { url } = await startRelay(process.argv[2] ?? "");
process.stdout.write(`${url}\n`);
