import { describe, expect, it } from "vitest";
import { periodOf } from "./news";

/** A Thursday; still the 26th in Paris, already the 27th in Kathmandu. */
const now = new Date("2026-11-26T21:30:00Z");

describe("periodOf", () => {
  it.each([
    ["Quelles sont les dernières actualités sur le télétravail ?", "month"],
    ["Trouver les dernières actualités concernant la réforme des retraites", "month"],
    ["Les actualités de cette semaine dans la fonction publique", "week"],
    ["Résume l’actualité du jour sur les collectivités", "month"],
    ["Que s’est-il passé aujourd’hui à l’Assemblée nationale ?", "day"],
    ["Quels décrets ont été publiés ce matin ?", "day"],
    ["Quelles annonces depuis hier sur le budget ?", "week"],
    ["Qu’a dit la ministre avant-hier ?", "week"],
    ["Quelles nouvelles circulaires cette semaine ?", "week"],
    ["Que s’est-il dit ces derniers jours sur la laïcité ?", "week"],
    ["Qu’est-ce qui a changé depuis lundi ?", "week"],
    ["Que disait le conseil des ministres mercredi dernier ?", "week"],
    ["Les textes parus la semaine dernière", "month"],
    ["Quelles lois ont été adoptées récemment ?", "month"],
    ["Que s’est-il passé ce mois-ci ?", "month"],
    ["Quoi de neuf sur l’open data ?", "month"],
    ["Quelles sont les nouveautés du RGAA ?", "month"],
    ["Les dernières annonces du Gouvernement", "month"],
    ["Qu’est-ce que le décret qui vient de paraître sur les marchés ?", "month"],
    ["Quelle est la jurisprudence récente sur le congé longue maladie ?", "year"],
    ["Qu’a-t-on appris le mois dernier sur l’inflation ?", "year"],
    ["Quels concours ont ouvert cette année ?", "year"],
    ["Quel est le montant du SMIC en 2026 ?", "year"],
    ["Que prévoit l’arrêté du 20 novembre 2026 ?", "week"],
    ["Qu’a décidé le Conseil d’État le 25/11/2026 ?", "week"],
    ["Que dit la circulaire du 2026-11-03 ?", "month"],
    ["Que prévoit le décret du 3 mars 2026 ?", "year"],
    ["Les chiffres du chômage depuis septembre", "year"],
    ["Les chiffres du chômage en novembre 2026", "month"],
    ["Que s’est-il passé le 1er novembre ?", "month"],
    ["Que s’est-il passé le 14 décembre ?", "year"],
    ["Le rapport de mars 2026 sur l’emploi", "year"],
  ] as const)("%s → %s", (question, period) => {
    expect(periodOf(question, now)).toBe(period);
  });

  it.each([
    ["Actualiser le tableau des effectifs"],
    ["Actualise le tableau de cette semaine"],
    ["Comment se passe l’actualisation à France Travail ?"],
    ["Que dois-je préparer pour la semaine prochaine ?"],
    ["Quelles réunions sont prévues demain ?"],
    ["Combien de jours de congés annuels pour un temps partiel ?"],
    ["Quels sont les seuils des marchés publics ?"],
    ["Quelles sont les nouvelles règles de nommage à donner à mes fichiers ?"],
    ["Rédige un courriel pour la réunion de ce matin"],
    ["Peux-tu rédiger un message d’absence : je suis en congé cette semaine"],
    ["Traduis la note du 20 novembre 2026 en anglais"],
    ["Que dit la loi n° 2016-1321 du 7 octobre 2016 ?"],
    ["Que prévoit l’article L. 2026-1 du code ?"],
    ["Comment a évolué la dette entre 2019 et 2024 ?"],
    ["Que s’est-il passé en 2025 ?"],
    ["Quel sera le calendrier scolaire en 2027 ?"],
    ["Que se passera-t-il le 3 décembre 2026 ?"],
    ["Mettre à jour le dernier paragraphe de la note"],
    ["La dernière version du logiciel est-elle libre ?"],
    ["La période de mars à mai compte-t-elle pour les congés ?"],
    ["Que dit le 31/02/2026 ?"],
    [""],
  ])("%s → nothing", (question) => {
    expect(periodOf(question, now)).toBeNull();
  });

  it("counts the days of Paris, not those of the machine", () => {
    // 00:30 in Paris, on the 2nd.
    const midnight = new Date("2026-12-01T23:30:00Z");
    expect(periodOf("Que s’est-il passé le 2 décembre 2026 ?", midnight)).toBe("week");
    expect(periodOf("Que s’est-il passé le 2 décembre 2026 ?", new Date("2026-12-01T22:30:00Z"))).toBeNull();
  });

  it("reads a very long question at once", () => {
    const long = `${"le 3 mars depuis ces derniers ".repeat(20_000)} fin`;
    const before = process.cpuUsage();
    expect(periodOf(long, now)).toBe("year");
    expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
  });
});
