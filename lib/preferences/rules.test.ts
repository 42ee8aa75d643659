import { expect, it } from "vitest";
import { toTheme } from "./rules";

it.each(["system", "light", "dark"] as const)("keeps the theme %s", (theme) => {
  expect(toTheme(theme)).toBe(theme);
});

it.each([undefined, "", "sepia", "Dark"])("takes %s for the system's theme", (value) => {
  expect(toTheme(value)).toBe("system");
});
