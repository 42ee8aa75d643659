import { z } from "zod";

export const AGENT_ROLES = ["member", "referent", "analyst", "administrator"] as const;
export type AgentRole = (typeof AGENT_ROLES)[number];

const blankIsNone = z
  .string()
  .nullish()
  .transform((value) => value?.trim() || null);

/** What ProConnect says of someone: userinfo and ID token together, once verified. */
export const proconnectClaims = z
  .object({
    sub: z.string().min(1),
    idp_id: z.string().min(1),
    email: z.email(),
    given_name: z.string().trim().min(1),
    usual_name: z.string().trim().min(1),
    // Known to be imperfect for some populations: a malformed one counts as absent.
    siret: z
      .string()
      .regex(/^\d{14}$/)
      .nullish()
      .catch(null),
    organization_label: blankIsNone,
    roles: z.array(z.string()).default([]),
    acr: z.string().optional(),
  })
  .transform((claims) => ({
    idpId: claims.idp_id,
    sub: claims.sub,
    email: claims.email.toLowerCase(),
    givenName: claims.given_name,
    usualName: claims.usual_name,
    siret: claims.siret ?? null,
    organizationLabel: claims.organization_label,
    roles: claims.roles,
    acr: claims.acr,
  }));

export type ProconnectIdentity = z.output<typeof proconnectClaims>;

/** One line of « Sessions ouvertes ». */
export type OpenSession = { id: string; device: string; createdAt: Date; seenAt: Date; isCurrent: boolean };
