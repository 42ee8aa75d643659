/** Of what is looked for on the web: what the model writes, and what the agent makes of it. */
export const WEB_QUERY_CHARACTERS_MAX = 500;
