import { sql } from "drizzle-orm";
import { boolean, check, index, pgPolicy, pgTable, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";
import { allRows, gateRole, maintenanceRole, oneOf, ownRows } from "./roles.ts";

const moment = (name: string) => timestamp(name, { withTimezone: true });

export const AGENT_ROLES = ["member", "referent", "analyst", "administrator"] as const;
export const AGENT_STATUSES = ["active", "disabled"] as const;
export const THEMES = ["system", "light", "dark"] as const;

/** The account's own agent asked for its deletion (`db/schema/erasures.ts`). */
const isBeingErased = sql`exists (select from account_erasures where account_erasures.agent_id = agents.id)`;

/** A public agent with an account. */
export const agents = pgTable(
  "agents",
  {
    id: uuid("id").primaryKey(),
    email: text("email").notNull(),
    givenName: text("given_name").notNull(),
    usualName: text("usual_name").notNull(),
    siret: text("siret"),
    organizationLabel: text("organization_label"),
    role: text("role", { enum: AGENT_ROLES }).notNull().default("member"),
    status: text("status", { enum: AGENT_STATUSES }).notNull().default("active"),
    theme: text("theme", { enum: THEMES }).notNull().default("system"),
    /** What the agent wants the assistant to know or do in each conversation. */
    instructions: text("instructions").notNull().default(""),
    /** « Autoriser l'analyse de mes conversations », with the date of the last choice. */
    analysisAllowed: boolean("analysis_allowed").notNull().default(false),
    analysisDecidedAt: moment("analysis_decided_at"),
    /** The model chosen last; null for the one configured first. */
    modelId: text("model_id"),
    /** Keyboard shortcuts can be turned off (RGAA 12.10). */
    shortcutsEnabled: boolean("shortcuts_enabled").notNull().default(true),
    /** « Recherche automatique »: the model decides when to search the web. */
    searchesAlone: boolean("searches_alone").notNull().default(false),
    /** « Demander avant d’envoyer »: each query is shown before it leaves. */
    confirmsSearches: boolean("confirms_searches").notNull().default(false),
    createdAt: moment("created_at").notNull().defaultNow(),
    signedInAt: moment("signed_in_at"),
  },
  (table) => [
    index("agents_email").on(sql`lower(${table.email})`),
    check("agents_role", oneOf("role", AGENT_ROLES)),
    check("agents_status", oneOf("status", AGENT_STATUSES)),
    check("agents_theme", oneOf("theme", THEMES)),
    ownRows("agents", "id"),
    allRows("agents_gate", gateRole, "all"),
    pgPolicy("agents_erased_seen", { for: "select", to: maintenanceRole, using: isBeingErased }),
    pgPolicy("agents_erased", { for: "delete", to: maintenanceRole, using: isBeingErased }),
  ],
);

/** What an identity provider calls an agent. `sub` changes when the agent changes provider. */
export const identities = pgTable(
  "identities",
  {
    id: uuid("id").primaryKey(),
    agentId: uuid("agent_id")
      .notNull()
      .references(() => agents.id, { onDelete: "cascade" }),
    idpId: text("idp_id").notNull(),
    sub: text("sub").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    unique("identities_idp_sub").on(table.idpId, table.sub),
    index("identities_agent").on(table.agentId),
    allRows("identities_gate", gateRole, "all"),
  ],
);

/** A new identity with a known e-mail but another SIRET: an administrator decides whether it is the same agent. */
export const identityClaims = pgTable(
  "identity_claims",
  {
    id: uuid("id").primaryKey(),
    agentId: uuid("agent_id")
      .notNull()
      .references(() => agents.id, { onDelete: "cascade" }),
    idpId: text("idp_id").notNull(),
    sub: text("sub").notNull(),
    siret: text("siret"),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    unique("identity_claims_idp_sub").on(table.idpId, table.sub),
    index("identity_claims_agent").on(table.agentId),
    allRows("identity_claims_gate", gateRole, "all"),
  ],
);

/** A signed-in browser. The cookie carries its id; what decides is this row. */
export const sessions = pgTable(
  "sessions",
  {
    id: uuid("id").primaryKey(),
    agentId: uuid("agent_id")
      .notNull()
      .references(() => agents.id, { onDelete: "cascade" }),
    /** Kept for the identity provider's logout, never sent to the browser. */
    idToken: text("id_token").notNull(),
    /** Browser and system in short, such as « Firefox, Windows ». */
    device: text("device").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    seenAt: moment("seen_at").notNull().defaultNow(),
    /** Absolute end, whatever the activity. */
    expiresAt: moment("expires_at").notNull(),
    revokedAt: moment("revoked_at"),
    /** Sent to the identity provider at logout, expected back on the return. */
    logoutState: text("logout_state"),
  },
  (table) => [
    index("sessions_agent").on(table.agentId, table.seenAt),
    index("sessions_expiry").on(table.expiresAt),
    index("sessions_logout_state").on(table.logoutState).where(sql`logout_state is not null`),
    ownRows("sessions", "agent_id"),
    allRows("sessions_gate", gateRole, "all"),
    allRows("sessions_maintenance", maintenanceRole, "all"),
  ],
);
