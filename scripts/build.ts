import { build } from "./launcher/build.ts";
import { runOrRefuse } from "./launcher/refusal.ts";

await runOrRefuse(() => build("verbose"));
