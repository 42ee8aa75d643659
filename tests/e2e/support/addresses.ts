export const APP_PORT = 3170;
export const APP_URL = `http://localhost:${APP_PORT}`;
export const MODEL_PORT = 3179;
export const SERVER_LOG = "test-results/server.log";
