import { expect, it, vi } from "vitest";
import { AppError } from "@/lib/errors/app-error";
import { frenchSentence } from "@/lib/errors/french";
import { attempt } from "./attempt";
import { route } from "./route";

it("says when a limit reopens, in the answer of a handler and in that of an action", async () => {
  const reopensAt = new Date("2090-07-03T22:00:00Z");
  const refuse = async () => {
    throw new AppError("limit_tokens", { reopensAt });
  };
  const response = await route("essai", refuse)(new Request("http://localhost/"));
  expect(response.status).toBe(429);
  expect(await response.json()).toEqual({
    code: "limit_tokens",
    reopensAt: reopensAt.toISOString(),
    message: expect.stringMatching(/Vous pourrez continuer le 4 juillet 2090 à 00:00\.$/),
  });
  expect(await attempt("essai", refuse)).toEqual({
    ok: false,
    code: "limit_tokens",
    reopensAt: reopensAt.toISOString(),
  });
});

it("reports what fails, but not that someone left in the middle of sending", async () => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => {});
  const breaks = route("essai", async () => {
    throw new Error("aborted");
  });
  await breaks(new Request("http://localhost/", { signal: AbortSignal.abort() }));
  expect(logged).not.toHaveBeenCalled();
  await breaks(new Request("http://localhost/"));
  expect(logged).toHaveBeenCalledOnce();
  logged.mockClear();
});

it("gives the time alone when a limit reopens on the same day in Paris", () => {
  const refusal = { code: "limit_messages", reopensAt: "2026-07-03T12:01:00Z" } as const;
  expect(frenchSentence(refusal, new Date("2026-07-03T12:00:10Z"))).toMatch(/Vous pourrez continuer à 14:01\.$/);
});
