import { describe, expect, it } from "vitest";
import { guessLanguage } from "./language.ts";

describe("the language of a text", () => {
  it.each([
    ["fr", "Le conseil municipal s’est réuni hier soir à la mairie pour voter le budget de l’année prochaine."],
    ["fr", "Arrêté portant délégation de signature : le préfet de la région, vu le code général des collectivités"],
    ["en", "The committee met yesterday at the town hall in order to vote on the budget for the coming year."],
    [
      "de",
      "Der Gemeinderat hat sich gestern im Rathaus versammelt, um über den Haushalt des nächsten Jahres abzustimmen.",
    ],
    [
      "es",
      "El ayuntamiento se reunió ayer por la tarde para votar el presupuesto del año que viene, según el alcalde.",
    ],
    ["it", "Il consiglio comunale si è riunito ieri sera in municipio per votare il bilancio dell’anno prossimo."],
    ["pt", "A câmara municipal reuniu-se ontem à noite para votar o orçamento do próximo ano, disse o presidente."],
    [
      "nl",
      "De gemeenteraad kwam gisteravond in het stadhuis bijeen om over de begroting van het komende jaar te stemmen.",
    ],
  ])("is %s", (language, text) => {
    expect(guessLanguage(text)).toBe(language);
  });

  it.each([
    ["too short", "Bonjour à tous les agents"],
    ["figures", "2026-11-24 1 234,56 12 % 75007 0123456789 ".repeat(20)],
    ["addresses", "https://exemple.fr/la/le/les de@des.fr du@un.fr ".repeat(10)],
    ["another script", "Аренда продажа квартир, комнат, офисов, складов, помещений в Москве"],
    ["names", "Dupont Martin Bernard Petit Durand Leroy Moreau Simon Laurent Lefebvre Michel Garcia"],
  ])("is not guessed from what is %s", (_what, text) => {
    expect(guessLanguage(text)).toBeNull();
  });

  it("is guessed quickly from a very long text", () => {
    const start = performance.now();

    expect(guessLanguage("Le chat est sur la table de la cuisine. ".repeat(500_000))).toBe("fr");
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
