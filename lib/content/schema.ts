/** The texts an operator can replace, one Markdown file each. */
export const PUBLIC_TEXTS = [
  "accueil",
  "mentions-legales",
  "donnees-personnelles",
  "accessibilite",
  "demandes-types",
] as const;

export type PublicText = (typeof PUBLIC_TEXTS)[number];
