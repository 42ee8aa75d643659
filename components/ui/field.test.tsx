import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { CountedTextForm } from "@/components/settings/counted-text-form";
import messages from "@/messages/fr.json";
import { TextArea } from "./text-area";
import { TextField } from "./text-field";

const drawn = (element: React.ReactNode) =>
  renderToStaticMarkup(
    <NextIntlClientProvider locale="fr" messages={messages} timeZone="Europe/Paris">
      {element}
    </NextIntlClientProvider>,
  );

it.each([
  ["a field", TextField],
  ["an area", TextArea],
])("what is wrong with %s is said, and tied to it", (_what, Shown) => {
  const html = drawn(<Shown label="Titre" error="Donnez un titre." />);
  const [, id] = /aria-describedby="([^"]+)"/.exec(html) ?? [];
  expect(html).toContain('aria-invalid="true"');
  expect(html).toContain(`<p id="${id}" role="alert"`);
  expect(drawn(<Shown label="Titre" />)).not.toContain("alert");
});

it("a text that is too long is told by its count alone, not at each key", () => {
  const texts = { label: "Consignes", description: "Aide", example: "", saved: "Enregistré", max: 10 };
  const html = drawn(
    <CountedTextForm {...texts} text="onze lettres" onSave={async () => ({ ok: true, data: undefined })} />,
  );
  expect(html).toContain("Retirez 2 caractères");
  expect(html).toContain('role="status"');
  expect(html).not.toContain("alert");
});
