import type { AGENT_ROLES, AGENT_STATUSES } from "../db/schema/agents.ts";

export type TestAgent = {
  /** Stable, so that the account of a test agent keeps its conversations from one start to the next. */
  sub: string;
  idpId: string;
  email: string;
  givenName: string;
  usualName: string;
  siret: string;
  organizationLabel: string;
  /** The `roles` claim of ProConnect. */
  roles: string[];
  acr: "eidas1" | "eidas1-mfa" | "eidas2";
  amr: string[];
  /** What choosing this agent does. */
  outcome: "signs_in" | "refused_private_sector" | "server_error";
  /** The account the product gives to this agent. */
  role: (typeof AGENT_ROLES)[number];
  status: (typeof AGENT_STATUSES)[number];
  /** What the button says after the name. */
  presentation: string;
};

const ordinary: Pick<TestAgent, "roles" | "acr" | "amr" | "outcome" | "role" | "status"> = {
  roles: ["agent_public", "agent_public_etat"],
  acr: "eidas1-mfa",
  amr: ["pwd", "otp", "mfa"],
  outcome: "signs_in",
  role: "member",
  status: "active",
};

const culture = {
  idpId: "6f1b0a52-2f5e-4c54-9d8e-6f0f3f0a1c01",
  siret: "11004601800013",
  organizationLabel: "Ministère de la Culture",
};
const ecology = {
  idpId: "6f1b0a52-2f5e-4c54-9d8e-6f0f3f0a1c02",
  siret: "11006801200050",
  organizationLabel: "Ministère de la Transition écologique",
};
const region = {
  idpId: "6f1b0a52-2f5e-4c54-9d8e-6f0f3f0a1c03",
  siret: "17380001300017",
  organizationLabel: "Région académique Auvergne-Rhône-Alpes",
};
const dinum = {
  idpId: "6f1b0a52-2f5e-4c54-9d8e-6f0f3f0a1c04",
  siret: "13002526500013",
  organizationLabel: "Direction interministérielle du numérique",
};

/** Invented people of invented accounts, one for each situation that sign-in must handle. */
export const testAgents: Record<string, TestAgent> = {
  culture: {
    ...ordinary,
    ...culture,
    sub: "test-culture",
    email: "camille.martin@culture.test",
    givenName: "Camille",
    usualName: "Martin",
    presentation: "agente, ministère de la Culture",
  },
  ecologie: {
    ...ordinary,
    ...ecology,
    sub: "test-ecologie",
    email: "youssef.benali@ecologie.test",
    givenName: "Youssef",
    usualName: "Benali",
    acr: "eidas2",
    amr: ["pwd", "hwk", "mfa"],
    presentation: "agent, ministère de la Transition écologique",
  },
  region: {
    ...ordinary,
    ...region,
    sub: "test-region",
    email: "ines.lefevre@region-academique.test",
    givenName: "Inès",
    usualName: "Lefèvre",
    presentation: "agente, région académique",
  },
  referent: {
    ...ordinary,
    ...culture,
    sub: "test-referent",
    email: "paul.girard@culture.test",
    givenName: "Paul",
    usualName: "Girard",
    role: "referent",
    presentation: "référent IA, ministère de la Culture",
  },
  analyste: {
    ...ordinary,
    ...dinum,
    sub: "test-analyste",
    email: "lea.nguyen@dinum.test",
    givenName: "Léa",
    usualName: "Nguyen",
    role: "analyst",
    presentation: "analyste",
  },
  administratrice: {
    ...ordinary,
    ...dinum,
    sub: "test-administratrice",
    email: "anne.roux@dinum.test",
    givenName: "Anne",
    usualName: "Roux",
    acr: "eidas2",
    role: "administrator",
    presentation: "administratrice",
  },
  partante: {
    ...ordinary,
    ...region,
    sub: "test-partante",
    email: "nora.klein@region-academique.test",
    givenName: "Nora",
    usualName: "Klein",
    presentation: "agente qui change de poste, région académique",
  },
  "sans-double-authentification": {
    ...ordinary,
    ...region,
    idpId: "6f1b0a52-2f5e-4c54-9d8e-6f0f3f0a1c05",
    sub: "test-sans-mfa",
    email: "hugo.petit@region-academique.test",
    givenName: "Hugo",
    usualName: "Petit",
    acr: "eidas1",
    amr: ["pwd"],
    presentation: "agent dont le fournisseur d’identité n’a pas de double authentification",
  },
  desactive: {
    ...ordinary,
    ...ecology,
    sub: "test-desactive",
    email: "marc.simon@ecologie.test",
    givenName: "Marc",
    usualName: "Simon",
    status: "disabled",
    presentation: "agent dont le compte est désactivé",
  },
  "secteur-prive": {
    ...ordinary,
    idpId: "6f1b0a52-2f5e-4c54-9d8e-6f0f3f0a1c06",
    siret: "00000000000000",
    organizationLabel: "Entreprise Exemple",
    sub: "test-secteur-prive",
    email: "julie.moreau@entreprise.test",
    givenName: "Julie",
    usualName: "Moreau",
    roles: [],
    outcome: "refused_private_sector",
    presentation: "salariée du secteur privé (refusée)",
  },
  panne: {
    ...ordinary,
    ...dinum,
    sub: "test-panne",
    email: "panne@dinum.test",
    givenName: "Panne",
    usualName: "de ProConnect",
    outcome: "server_error",
    presentation: "ProConnect répond par une erreur",
  },
};
