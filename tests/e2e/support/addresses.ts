/** `TEST_APP_PORT` chooses another one where this one is taken. The identity provider has the next. */
export const APP_PORT = Number(process.env.TEST_APP_PORT || 3170);
export const APP_URL = `http://localhost:${APP_PORT}`;
export const MODEL_PORT = APP_PORT + 9;
export const SERVER_LOG = "test-results/server.log";
