/** How many questions may wait in one conversation. */
export const QUEUED_QUESTIONS_MAX = 5;
