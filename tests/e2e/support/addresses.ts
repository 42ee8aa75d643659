/** `TEST_APP_PORT` chooses another one where this one is taken. The identity provider has the next. */
export const APP_PORT = Number(process.env.TEST_APP_PORT || 3170);
export const APP_URL = `http://localhost:${APP_PORT}`;
export const MODEL_PORT = APP_PORT + 9;
/** The search engine has this port, and its pages those that follow: an application has ten ports at most. */
export const SEARCH_PORT = APP_PORT + 3;
export const SITE_HOSTS = [0, 2, 3, 4].map((n) => `127.0.0.1:${SEARCH_PORT + n}`);
export const SERVER_LOG = "test-results/server.log";
