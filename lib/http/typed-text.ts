import { z } from "zod";

/**
 * What someone typed, as the database can hold it: without what PostgreSQL refuses and nobody types (null characters, halves of a
 * character), nor blanks around it.
 */
export const typedText = z.string().transform((text) => text.replaceAll("\0", "").toWellFormed().trim());
