import { setTimeout as wait } from "node:timers/promises";
import { DEFAULT_ANSWER, wordsAnswer } from "./scripted-answers.ts";
import { citationScenarios } from "./scripted-citations.ts";
import {
  answering,
  begin,
  DONE,
  event,
  finish,
  lines,
  type Scenario,
  say,
  slowly,
  status,
  usage,
} from "./scripted-events.ts";
import { oddities } from "./scripted-oddities.ts";
import { toolScenarios } from "./scripted-tools.ts";
import { webScenarios } from "./scripted-web.ts";

/** Each way a model's server answers, by name; a question that holds `[scenario:name]` gets it. */
export const scenarios: Record<string, Scenario> = {
  ...oddities,
  ...toolScenarios,
  ...citationScenarios,
  ...webScenarios,
  default: answering(DEFAULT_ANSWER),
  "401": status(401, { error: { message: "Incorrect API key", type: "auth", code: "invalid_api_key" } }),
  "403": status(403, { detail: "Not authenticated" }),
  "404": status(404, { detail: "Model not found" }),
  "422": status(422, { detail: [{ msg: "field required", loc: ["body"] }] }),
  "429": status(429, { detail: "Rate limit exceeded" }, { "retry-after": "0" }),
  "500": status(500, { error: "Internal server error" }),
  "503": status(503, { message: "Model is too busy" }, { "retry-after": "10" }),
  "html-error": status(502, "<html><body><h1>502 Bad Gateway</h1></body></html>"),
  "html-in-200": status(200, "<!doctype html><html><body>Portail d’authentification</body></html>"),
  "slow-first-token": async (response) => {
    begin(response);
    await wait(8_000);
    finish(response);
  },
  "slow-first-token-then-500": async (response) => {
    await wait(500);
    response.writeHead(500, { "content-type": "application/json" });
    response.end(JSON.stringify({ error: "Internal server error" }));
  },
  "cut-in-the-middle": async (response) => {
    begin(response);
    response.write(`${say("Début de réponse ")}\n\n${say("coupée")}\n\ndata: {"choices":[{"del`);
    await wait(50);
    response.destroy();
  },
  "ended-without-a-word": lines(event({ role: "assistant", content: "" })),
  "closed-early": lines(say("Début "), say("de réponse")),
  "empty-answer": lines(event({ role: "assistant", content: "" }), event({}, "stop"), DONE),
  "malformed-stream": lines(say("Bonjour"), "data: {pas du json", event({}, "stop"), DONE),
  "error-event": lines(say("Bonjour"), "event: error", `data: ${JSON.stringify({ error: { message: "boom" } })}`),
  "raw-detail": lines(say("Bonjour"), JSON.stringify({ detail: "upstream timeout" })),
  "finish-error": lines(say("Bonjour"), event({}, "error"), DONE),
  "without-done": lines(say("Réponse "), say("sans fin de flux"), event({}, "stop")),
  "without-finish-reason": lines(say("Réponse "), say("sans motif"), DONE),
  "think-tags": lines(
    say("<th"),
    say("ink>Je réflé"),
    say("chis</thi"),
    say("nk>\n\nMa répo"),
    say("nse"),
    event({}, "stop"),
    DONE,
  ),
  "unclosed-think": lines(say("<think>Je réfléchis sans fin"), event({}, "stop"), DONE),
  "reasoning-content": lines(event({ reasoning_content: "Je réfléchis" }), say("Ma réponse"), event({}, "stop"), DONE),
  reasoning: lines(event({ reasoning: "Je réfléchis" }), say("Ma réponse"), event({}, "stop"), DONE),
  "content-parts": lines(
    event({ content: [{ type: "thinking", thinking: [{ type: "text", text: "Je réfléchis" }] }] }),
    event({ content: [{ type: "text", text: "Ma réponse" }] }),
    event({}, "stop"),
    DONE,
  ),
  "odd-roles": lines(
    event({ role: null, content: "Ma " }),
    event({ role: "model", content: "réponse" }),
    event({}, "eos"),
    DONE,
  ),
  "not-streamed": async (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(
      JSON.stringify({
        choices: [{ index: 0, message: { role: "assistant", content: "D’un bloc" }, finish_reason: "stop" }],
      }),
    );
  },
  "slow-stream": slowly(wordsAnswer(60).split(" "), 50, finish),
  "eight-seconds": slowly(wordsAnswer(200).split(" "), 40, finish),
  "twenty-seconds": slowly(wordsAnswer(200).split(" "), 100, finish),
  "never-ends": slowly(wordsAnswer(6000).split(" "), 50, finish),
  stalls: slowly(["Début", "puis"], 10, () => {}),
  "reads-much": lines(
    say("J’ai tout lu."),
    event({}, "stop"),
    usage({ prompt_tokens: 47_000, completion_tokens: 100 }),
    DONE,
  ),
  // What the model was given, so that a browser can see it.
  "quotes-question": async (response, random, request) => {
    const given = (request.body.messages as { content: string }[]).at(-1)?.content ?? "";
    await answering(`J’ai reçu : ${given.replaceAll(/\s+/g, " ")}`)(response, random, request);
  },
  "quotes-instructions": async (response, random, request) => {
    const told = (request.body.messages as { content: string }[])[0]?.content ?? "";
    await answering(`Mes consignes : ${told.slice(-400).replaceAll(/\s+/g, " ")}`)(response, random, request);
  },
  "a-title": answering('**Titre : "Relance d’une convention".**'),
  "a-summary": answering("La personne prépare une convention ; le montant est de 1 200 €."),
  long: answering(wordsAnswer(3000)),
};
