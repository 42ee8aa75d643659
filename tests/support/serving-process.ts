import { endWithLauncher } from "../../lib/process/end-with-launcher.ts";
import { keepProcessFor } from "../../lib/process/running-work.ts";
import { stopOnSignal } from "../../lib/process/stop-on-signal.ts";

/** A process that serves as Next's does: tied to the launcher `argv[2]`, with one piece of work that runs for `argv[3]` ms. */
const [, , launcherPid, workMs] = process.argv;
endWithLauncher(Number(launcherPid));
stopOnSignal(async () => void process.stdout.write("closed\n"));
const work = new Promise((resolve) => setTimeout(resolve, Number(workMs)));
void keepProcessFor(work.then(() => process.stdout.write("worked\n")));
process.stdout.write("serving\n");
setInterval(() => {}, 60_000);
