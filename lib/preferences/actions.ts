"use server";

import { revalidatePath } from "next/cache";
import { cookies } from "next/headers";
import { findActor, requireActor } from "@/lib/auth/actor";
import { revokeSession } from "@/lib/auth/mutations";
import { env } from "@/lib/env";
import { type ActionResult, attempt } from "@/lib/http/attempt";
import { parseInput } from "@/lib/http/parse";
import {
  changeInstructions,
  changeTheme,
  chooseModel,
  chooseSearches,
  decideAnalysis,
  enableShortcuts,
} from "./mutations";
import { THEME_COOKIE, THEME_COOKIE_DAYS } from "./rules";
import {
  analysisInput,
  closeSessionInput,
  instructionsInput,
  modelInput,
  searchChoicesInput,
  shortcutsInput,
  themeInput,
} from "./schema";

const SETTINGS_PATH = "/parametres";
const DAY_SECONDS = 24 * 60 * 60;

/** For visitors too, whose choice only this browser remembers. */
export async function saveThemeAction(input: unknown): Promise<ActionResult> {
  return attempt("preferences.theme", async () => {
    const { theme } = parseInput(themeInput, input);
    const actor = await findActor();
    if (actor) await changeTheme(actor, theme);
    (await cookies()).set(THEME_COOKIE, theme, {
      httpOnly: true,
      sameSite: "lax",
      secure: env().APP_URL.startsWith("https://"),
      maxAge: THEME_COOKIE_DAYS * DAY_SECONDS,
    });
  });
}

export async function saveInstructionsAction(input: unknown): Promise<ActionResult> {
  return attempt("preferences.instructions", async () => {
    const actor = await requireActor();
    await changeInstructions(actor, parseInput(instructionsInput, input).instructions);
    revalidatePath(SETTINGS_PATH);
  });
}

export async function chooseModelAction(input: unknown): Promise<ActionResult> {
  return attempt("preferences.model", async () => {
    const actor = await requireActor();
    await chooseModel(actor, parseInput(modelInput, input).modelId);
  });
}

export async function saveAnalysisChoiceAction(input: unknown): Promise<ActionResult> {
  return attempt("preferences.analysis", async () => {
    const actor = await requireActor();
    await decideAnalysis(actor, parseInput(analysisInput, input).isAllowed);
    revalidatePath(SETTINGS_PATH);
  });
}

export async function saveShortcutsAction(input: unknown): Promise<ActionResult> {
  return attempt("preferences.shortcuts", async () => {
    const actor = await requireActor();
    await enableShortcuts(actor, parseInput(shortcutsInput, input).isEnabled);
    revalidatePath("/", "layout");
  });
}

export async function saveSearchChoicesAction(input: unknown): Promise<ActionResult> {
  return attempt("preferences.searches", async () => {
    const actor = await requireActor();
    await chooseSearches(actor, parseInput(searchChoicesInput, input));
    revalidatePath(SETTINGS_PATH);
  });
}

/** A session that has ended meanwhile is what was wanted: not an error. */
export async function closeSessionAction(input: unknown): Promise<ActionResult> {
  return attempt("session.revoke", async () => {
    const actor = await requireActor();
    await revokeSession(actor, parseInput(closeSessionInput, input).id);
    revalidatePath(SETTINGS_PATH);
  });
}
