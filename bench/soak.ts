import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { quantile } from "./support/figures.ts";
import { heldBytes } from "./support/process-figures.ts";
import { type Profile, profileName, seededTokens } from "./support/profile.ts";
import { startTargets } from "./support/targets.ts";
import { aVisitor, type Heard } from "./support/visitor.ts";

/*
 * Visitors who connect, cut, come back, stop and leave at random, for a long time. No character may be lost, no turn may
 * stay open, and the memory must not grow. See docs/benchmarks.md.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "30" },
    visitors: { type: "string", default: "40" },
  },
});
const MINUTES = Number(values.minutes);
const SAMPLES = 30;
const GROWTH_MAX = 0.05;
const between = (min: number, max: number) => Math.floor(min + Math.random() * (max - min));

const bench = await startTargets(["application"]);
const [target] = bench.targets;
if (!target) throw new Error("the application did not start");
const visitor = aVisitor(target);

type Habit = "reads" | "cuts" | "stops" | "leaves";
const HABITS: Habit[] = ["reads", "cuts", "cuts", "stops", "leaves"];
const counts: Record<Habit, number> = { reads: 0, cuts: 0, stops: 0, leaves: 0 };
const problems: string[] = [];
const samples: number[] = [];
const until = performance.now() + MINUTES * 60_000;

try {
  await Promise.all([...Array.from({ length: Number(values.visitors) }, visit), watchMemory()]);
} finally {
  await bench.close();
}
report();

async function visit(): Promise<void> {
  await wait(between(0, 3_000));
  let conversationId: string | null = null;
  while (performance.now() < until) {
    const habit = HABITS[between(0, HABITS.length)] ?? "reads";
    const profile: Profile = {
      rate: between(20, 150),
      tokens: between(5, 300),
      ttftMs: between(0, 500),
      seed: between(0, 1_000_000),
    };
    const question = visitor.aQuestion(profile, conversationId);
    counts[habit] += 1;
    try {
      await live(habit, profile, question);
      // Most go on with the conversation; a long one would measure its history instead.
      conversationId = Math.random() < 0.7 ? question.conversationId : null;
    } catch (error) {
      problems.push(`${habit}, ${profileName(profile)}: ${error instanceof Error ? error.message : String(error)}`);
      conversationId = null;
    }
    await wait(between(0, 500));
  }
}

/** One turn, lived in one way, then compared with what the model sent and with what is stored. */
async function live(habit: Habit, profile: Profile, question: ReturnType<typeof visitor.aQuestion>): Promise<void> {
  const { conversationId } = question;
  const sent = seededTokens(profile.seed ?? 0, profile.tokens).join("");
  const soon = () => AbortSignal.timeout(between(50, 2_000));
  let heard: Heard | null;
  if (habit === "stops") {
    const asking = visitor.ask(question);
    await wait(between(100, 1_500));
    while (!(await visitor.stop(conversationId))) await wait(100);
    heard = await asking;
  } else if (habit === "reads") {
    heard = await visitor.ask(question);
  } else {
    heard = await visitor.ask(question, soon());
    // Cut before the server had the question, it finds nothing to follow: it is asked again below.
    while (habit === "cuts" && heard?.end === null) heard = await visitor.follow(conversationId, soon());
  }

  // What is stored, once it ended: the same question again replays it.
  let stored = await visitor.ask(question);
  // Asked in the instant between the question's saving and its turn's beginning, it finds nothing to follow yet: as a browser
  // does, it asks again.
  if (!stored?.end) {
    await wait(1_000);
    stored = await visitor.ask(question);
  }
  if (!stored?.end) throw new Error("the turn has no end");
  if (heard?.end && heard.text !== stored.text) throw new Error("what was heard is not what is stored");
  if (stored.end === "stopped" && habit === "stops") {
    if (!sent.startsWith(stored.text)) throw new Error("a stopped answer is not the beginning of what was sent");
  } else if (stored.end !== "completed" || stored.text !== sent) {
    throw new Error(`${stored.end}, ${stored.text.length} characters of ${sent.length}`);
  }
}

async function watchMemory(): Promise<void> {
  const everyMs = (MINUTES * 60_000) / SAMPLES;
  while (performance.now() < until) {
    await wait(everyMs);
    samples.push((await heldBytes(target?.pid ?? 0)) / 1_000_000);
    const turns = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const left = Math.max(0, Math.round((until - performance.now()) / 1000));
    process.stderr.write(
      `${left} s left, ${turns} turns, ${samples.at(-1)?.toFixed(1)} MB, ${problems.length} problems\n`,
    );
  }
}

function report(): void {
  const third = Math.floor(samples.length / 3);
  const middle = quantile(samples.slice(third, 2 * third), 0.5);
  const last = quantile(samples.slice(-third), 0.5);
  const growth = last / middle - 1;
  const isFlat = growth <= GROWTH_MAX;
  console.log(
    `${MINUTES} min, ${values.visitors} visitors, ${bench.database ? "PostgreSQL" : "embedded database"}: ` +
      Object.entries(counts)
        .map(([habit, count]) => `${count} ${habit}`)
        .join(", "),
  );
  console.log(
    `memory, garbage collected: ${middle.toFixed(1)} MB in the middle third, ${last.toFixed(1)} MB in the last: ` +
      `${(growth * 100).toFixed(1)} % (at most ${GROWTH_MAX * 100} %) ${isFlat ? "✓" : "✗"}`,
  );
  console.log(
    `lost characters, turns without an end, refusals: ${problems.length} ${problems.length === 0 ? "✓" : "✗"}`,
  );
  for (const problem of problems.slice(0, 20)) console.log(`  ${problem}`);
  process.exitCode = problems.length === 0 && isFlat ? 0 : 1;
}
