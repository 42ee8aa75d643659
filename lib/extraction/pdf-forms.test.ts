import { describe, expect, it } from "vitest";
import { pdfWriter, show } from "../../tests/support/pdf-writer.ts";
import { READING_LIMITS } from "./extraction.ts";
import { readPdf } from "./pdf.ts";

const HIDDEN = 2;
const PASSWORD_FIELD = 8_192;
const COMBO = 131_072;

/** A page with these labels, fields and comments, as the format writes them. */
async function read(content: string, annotations: readonly string[]) {
  const writer = pdfWriter();
  const refs = annotations.map((annotation) => writer.add(`<< /Type /Annot ${annotation} >>`));
  writer.catalog(`/AcroForm << /Fields [${refs.join(" ")}] >>`);
  writer.page({ content, annotations: refs });
  const { pages, warnings } = await readPdf(writer.bytes(), { limits: READING_LIMITS });
  return { text: pages[0]?.text, runs: pages[0]?.runs ?? [], warnings };
}

const field = (name: string, y: number, more: string) =>
  `/Subtype /Widget /T (${name}) /Rect [200 ${y - 4} 400 ${y + 12}] ${more}`;
const box = (name: string, y: number, isOn: boolean) =>
  `/Subtype /Widget /FT /Btn /T (${name}) /Rect [60 ${y - 2} 70 ${y + 9}] /V /${isOn ? "Oui" : "Off"} /AS /${isOn ? "Oui" : "Off"} ` +
  "/AP << /N << /Oui null /Off null >> >>";

describe("a filled form", () => {
  it("has its values beside their labels, where they are on the page", async () => {
    const { text, runs, warnings } = await read(
      show(60, 700, "Nom :") + show(60, 660, "Commune :") + show(60, 620, "Fin"),
      [
        field("nom", 700, "/FT /Tx /V (Durand)"),
        field("commune", 660, `/FT /Ch /Ff ${COMBO} /Opt [[(01) (Bourg)] [(02) (Laon)]] /V (02)`),
      ],
    );

    expect(text).toBe("Nom : Durand\n\nCommune : Laon\n\nFin");
    expect(warnings).toEqual(["forms_filled"]);
    const place = runs.find(({ start, length }) => text?.slice(start, start + length) === "Durand");
    expect(place?.x).toBe(200);
    expect(place?.y).toBeGreaterThan(842 - 712);
  });

  it("shows which boxes are ticked, and what a list offers", async () => {
    const { text } = await read(show(80, 700, "Marié") + show(80, 660, "Célibataire"), [
      box("marie", 700, true),
      box("celibataire", 660, false),
      "/Subtype /Widget /T (liste) /Rect [60 500 200 530] /FT /Ch /Opt [(Ain) (Aisne)] /V (Aisne)",
    ]);
    expect(text).toBe("☒ Marié\n\n☐ Célibataire\n\n☐ Ain\n☒ Aisne");
  });

  it("gives neither what is hidden nor a password", async () => {
    const { text, warnings } = await read(show(60, 700, "Identifiant"), [
      field("cache", 700, `/FT /Tx /F ${HIDDEN} /V (invisible)`),
      field("code", 660, `/FT /Tx /Ff ${PASSWORD_FIELD} /V (secret)`),
    ]);
    expect(text).toBe("Identifiant");
    expect(warnings).toEqual([]);
  });

  it("is not said filled when nothing is", async () => {
    const { text, warnings } = await read(show(60, 700, "Nom :"), [field("nom", 700, "/FT /Tx /V ()")]);
    expect(text).toBe("Nom :");
    expect(warnings).toEqual([]);
  });

  it("keeps its labels with its values when the page has no other text beside", async () => {
    const labels = ["Nom", "Prénom", "Ville", "Service"];
    const { text } = await read(
      labels.map((label, index) => show(60, 700 - index * 30, label)).join(""),
      labels.map((label, index) => field(label, 700 - index * 30, `/FT /Tx /V (valeur ${index})`)),
    );
    expect(text?.replace(/[|\s-]+/g, " ").trim()).toBe("Nom valeur 0 Prénom valeur 1 Ville valeur 2 Service valeur 3");
  });
});

describe("comments", () => {
  it("are at the end of the page with their author; text typed over the page is where it was typed", async () => {
    const { text, warnings } = await read(show(60, 700, "Avis :") + show(60, 640, "Suite"), [
      "/Subtype /Text /Rect [500 700 520 720] /T (A. Martin) /Contents (À vérifier\rau plus tôt)",
      "/Subtype /FreeText /Rect [100 696 300 712] /DA (/Helv 11 Tf) /Contents (favorable)",
      "/Subtype /Popup /Rect [0 0 10 10] /Contents (fenêtre)",
    ]);
    expect(text).toBe("Avis : favorable\n\nSuite\n\n> [Commentaire de A. Martin] À vérifier\n> au plus tôt");
    expect(warnings).toEqual([]);
  });
});
