export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** The theme of this browser, for who has not signed in. */
export const THEME_COOKIE = "assistant-theme";
export const THEME_COOKIE_DAYS = 365;

/** What an archive gives back; never what widens what leaves: searching alone, the analysis of conversations. */
export const RESTORED_SETTINGS = ["theme", "instructions", "modelId", "shortcutsEnabled", "confirmsSearches"] as const;
export type RestoredSetting = (typeof RESTORED_SETTINGS)[number];

export const INSTRUCTIONS_CHARACTERS_MAX = 2_000;

/** Anything but a theme of ours, such as a cookie someone edited, means "as the system". */
export const toTheme = (value: string | undefined): Theme => THEMES.find((theme) => theme === value) ?? "system";
