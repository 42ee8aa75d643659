import { check, index, pgTable, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";
import { agents } from "./agents.ts";
import { oneOf, ownRows } from "./roles.ts";

/** As `lib/projects/rules.ts` has them for the browser. */
export const PROJECT_COLOURS = ["blue", "teal", "green", "ochre", "red", "pink", "purple", "grey"] as const;

/** What several conversations of an agent share: a place in the list, instructions, and documents (`project_documents`). */
export const projects = pgTable(
  "projects",
  {
    id: uuid("id").primaryKey(),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => agents.id, { onDelete: "cascade" }),
    title: text("title").notNull(),
    colour: text("colour", { enum: PROJECT_COLOURS }).notNull(),
    /** What each answer in the project follows, after the agent's own instructions. */
    instructions: text("instructions").notNull().default(""),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    unique("projects_id_owner").on(table.id, table.ownerId),
    index("projects_of_owner").on(table.ownerId, table.title),
    check("projects_colour", oneOf("colour", PROJECT_COLOURS)),
    ownRows("projects", "owner_id"),
  ],
);
