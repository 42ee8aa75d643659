import { v7 } from "uuid";

/** A UUIDv7: identifiers sort by the moment they were made. Made by the application, on the server or in the browser. */
export const newId = (): string => v7();
