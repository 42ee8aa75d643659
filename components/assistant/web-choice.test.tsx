import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { prerender } from "react-dom/static";
import { describe, expect, it } from "vitest";
import { SearchesSection } from "@/components/settings/searches-section";
import messages from "@/messages/fr.json";
import { Suggestions } from "./suggestions";
import { WebChoice, WebToggle } from "./web-choice";
import { chooseWebMode, moveWebMode, tellWebMode, webModes } from "./web-modes";

async function draw(screen: ReactNode): Promise<string> {
  const { prelude } = await prerender(
    <NextIntlClientProvider locale="fr" messages={messages} timeZone="Europe/Paris">
      {screen}
    </NextIntlClientProvider>,
  );
  return new Response(prelude).text();
}
const textOf = (html: string) =>
  html
    .replace(/<[^>]+>/g, "|")
    .replace(/\|+/g, "|")
    .replace(/\s/g, " ");

const engines = [
  { id: "searxng", label: "SearXNG", hosting: "la DINUM" },
  { id: "staan", label: "Staan", hosting: "api.staan.ai" },
];
const choice = (mode: "off" | "all" | "official", among = engines) =>
  draw(<WebChoice mode={mode} onChoose={() => {}} engines={among} />);

describe("under the composer", () => {
  it.each(["off", "all", "official"] as const)("the button is named, and says whether it is on: %s", async (mode) => {
    const html = await draw(<WebToggle mode={mode} onChoose={() => {}} />);
    expect(html).toContain(`aria-pressed="${mode !== "off"}"`);
    expect(textOf(html)).toBe("|Rechercher sur le web|");
  });

  it("nothing more is said while the web is not searched", async () => {
    expect(textOf(await choice("off"))).toBe("");
  });

  it("once on, it is said where the query goes, and that nobody is to be recognised in it", async () => {
    const html = await choice("all", engines.slice(0, 1));
    expect(textOf(html)).toContain(
      "|La requête est envoyée à SearXNG (hébergé par la DINUM).| |Ne demandez rien qui permette de reconnaître une personne.|",
    );
    const described = /aria-describedby="([^"]*)"/.exec(await draw(<WebToggle mode="all" onChoose={() => {}} />))?.[1];
    expect(html).toContain(`<p id="${described}"`);
  });

  it("all the engines that may be asked are named", async () => {
    expect(textOf(await choice("all"))).toContain(
      "envoyée à SearXNG (hébergé par la DINUM) ou Staan (hébergé par api.staan.ai).",
    );
  });

  it("official sources are a box to check", async () => {
    expect(await choice("all")).toMatch(/<label[^>]*><input type="checkbox"(?![^>]*checked)[^>]*>Sources officielles/);
    expect(await choice("official")).toMatch(
      /<label[^>]*><input type="checkbox"[^>]*checked=""[^>]*>Sources officielles/,
    );
  });
});

describe("the mode of the next question", () => {
  it("is off, until the server or the agent says otherwise; the agent's choice holds", () => {
    expect(webModes.of("a")).toBe("off");
    tellWebMode("a", "official");
    expect(webModes.of("a")).toBe("official");
    chooseWebMode("a", "off");
    tellWebMode("a", "all");
    expect(webModes.of("a")).toBe("off");
    expect(webModes.of("b")).toBe("off");
  });

  it("goes from home to the conversation that opens there, and home starts over", () => {
    chooseWebMode(null, "all");
    moveWebMode(null, "c");
    expect([webModes.of("c"), webModes.of(null)]).toEqual(["all", "off"]);
  });

  it("comes back home when the conversation does not open", () => {
    chooseWebMode(null, "official");
    moveWebMode(null, "d");
    moveWebMode("d", null);
    expect([webModes.of("d"), webModes.of(null)]).toEqual(["off", "official"]);
    chooseWebMode(null, "off");
  });

  it("is told to whoever watches, once per change", () => {
    let told = 0;
    const leave = webModes.subscribe(() => {
      told += 1;
    });
    tellWebMode("e", "all");
    tellWebMode("e", "all");
    leave();
    tellWebMode("e", "off");
    expect(told).toBe(1);
  });
});

it("the suggestion on news is there only when the web can be searched", async () => {
  expect(textOf(await draw(<Suggestions canSearch />))).toContain("|Trouver les dernières actualités concernant…|");
  expect(textOf(await draw(<Suggestions canSearch={false} />))).not.toContain("actualités");
});

describe("in the settings", () => {
  const section = (among = engines, choices = { searchesAlone: true, confirmsSearches: false }) =>
    draw(<SearchesSection choices={choices} engines={among} onSave={async () => ({ ok: true, data: undefined })} />);

  it("each choice is a switch that says what it does", async () => {
    const html = await section();
    const switches = [...html.matchAll(/<input[^>]*role="switch"[^>]*>/g)].map(([input]) =>
      input.includes('checked=""'),
    );
    expect(switches).toEqual([true, false]);
    expect(textOf(html)).toContain("|Recherche automatique|L’assistant cherche de lui-même");
    expect(textOf(html)).toContain("|Demander avant d’envoyer|Chaque requête vous est montrée avant de partir ;");
  });

  it("the engines are named with where they run, in the order they are asked", async () => {
    expect(textOf(await section())).toContain("|SearXNG, hébergé par la DINUM|Staan, hébergé par api.staan.ai|");
  });

  it("without an engine there is nothing to choose, and it is said why", async () => {
    const html = await section([]);
    expect(html).not.toContain("<input");
    expect(textOf(html)).toContain("|Aucun moteur de recherche n’est configuré sur ce service :");
  });
});
