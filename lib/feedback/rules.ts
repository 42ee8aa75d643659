export const RATINGS = ["up", "down"] as const;
export const FEEDBACK_REASONS = ["inexact", "invented", "incomplete", "offTopic", "tone", "sources", "other"] as const;
export const FEEDBACK_COMMENT_CHARACTERS_MAX = 2_000;
