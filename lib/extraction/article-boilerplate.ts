import { type Element, isElement, isText, lettersOf, namesOf, roleOf, textIn } from "./article-tree.ts";
import { attributeOf } from "./html-visibility.ts";

const DROPPED_TAGS = new Set(["nav", "aside", "footer", "search"]);
const DROPPED_ROLES = new Set(
  "navigation banner contentinfo complementary search dialog alertdialog alert menu menubar toolbar tooltip".split(" "),
);
/** Never taken for what surrounds the text, whatever they are called. */
const KEPT_TAGS = new Set(["body", "main", "article", "h1"]);

/** Windows of consent, wherever they are and however long. */
const CONSENT =
  /^(tarteaucitron|didomi|onetrust|ot-sdk|axeptio|cookiebot|cybotcookiebot|orejime|klaro|usercentrics|uc-banner|qc-cmp|cmplz|cky-|cmpbox|sp_message|truste|iubenda|fr-consent|eu-cookie|cookieconsent|cookie-?(law|banner|bandeau|bar|notice|popup|modal|consent|message|disclaimer|wall|policy-popup)|cookies-?(banner|bandeau|bar|notice|popup|modal|consent|message|eu)|bandeau-?cookies?|consent-?(banner|manager|popup|modal|box)|gdpr-|rgpd-|(gdpr|rgpd|cc-window|cc-banner|cookies?|sliding-popup)$)/;

type Furniture = { names: RegExp; charactersMax: number };

/** What surrounds a text, by the classes and ids it has everywhere; longer, it is something else that is called the same. */
const FURNITURE: readonly Furniture[] = [
  {
    names:
      /^(skip-?links?|fr-skiplinks|evitement|lien-evitement|skip-(to|nav)|back-?to-?top|haut-de-page|fr-backtotop)/,
    charactersMax: 400,
  },
  { names: /breadcrumb|fil-?d-?ariane|fil_d?_?ariane|^ariane/, charactersMax: 800 },
  {
    names:
      /^(fr-)?(share|sharing|social|partage|partager|addtoany|a2a_|addthis|sharethis|sharedaddy|ssba|rrssb|jp-)([-_]|$)|(^|[-_])(share|sharing|social|partage)([-_]?(bar|buttons?|links?|list|icons?|tools|block|box|wrapper|menu|media))?$|^(social|share)-?(buttons?|links?|icons?)/,
    charactersMax: 500,
  },
  { names: /^(print|imprimer)([-_]|$)|[-_](print|imprimer)$/, charactersMax: 150 },
  {
    names: /newsletter|infolettre|lettre-?d-?info|mailing-?list|^mc4wp|^fr-follow|subscribe-(box|form)/,
    charactersMax: 1_200,
  },
  {
    names:
      /^(related|a-lire-aussi|lire-aussi|voir-aussi|see-also|read-also|also-read|recommended|recommandations?|outbrain|taboola|jp-relatedposts|yarpp|most-?read|les-plus-lus)|[-_](related|lire-aussi|most-?read)$/,
    charactersMax: 4_000,
  },
  {
    names: /^(comments?|commentaires|commentlist|comment-respond|respond|disqus(_thread)?)$/,
    charactersMax: Number.POSITIVE_INFINITY,
  },
  {
    names:
      /^(pagination|pager|post-navigation|nav-links|page-links)$|^(sidebar|widget-area|site-header|site-footer|masthead|colophon|global-header|region-header|region-footer)/,
    charactersMax: 6_000,
  },
  {
    names: /^(feedback|je-donne-mon-avis|jedonnemonavis|satisfaction|page-useful|was-this-helpful)/,
    charactersMax: 800,
  },
  {
    names: /^(advert|ad-(slot|block|container|wrapper|banner)|publicite|pub-|dfp-|google-ads|sponsor)/,
    charactersMax: 1_500,
  },
];

/** Whole texts of blocks that are buttons; without accents, in lower case. */
const BUTTONS = new Set(
  (
    "partager|partager la page|partager cette page|partager cet article|partager sur facebook|partager sur x|partager sur twitter|" +
    "partager sur linkedin|partager par courriel|partager par e-mail|envoyer par mail|envoyer par courriel|imprimer|imprimer la page|" +
    "imprimer cette page|copier le lien|copier dans le presse-papier|copier dans le presse-papiers|facebook|twitter|linkedin|whatsapp|" +
    "x (anciennement twitter)|retour en haut|retour en haut de page|haut de page|aller au contenu|aller au contenu principal|" +
    "tout deplier|tout replier|tout deplier / tout replier|sommaire|lire la suite|en savoir plus sur les cookies|telecharger en pdf|" +
    "ecouter|ecouter l'article|ajouter a mes favoris|ajouter aux favoris|cette page vous a-t-elle ete utile ?|publicite|annonce|" +
    "advertisement|share|print|skip to content|skip to main content|s'abonner|s'abonner a la newsletter|accueil"
  ).split("|"),
);
/** Titles of lists of other pages. */
const OTHER_PAGES =
  /^(a lire aussi|lire aussi|a lire egalement|lire egalement|voir aussi|sur le meme sujet|sur le meme theme|dans la meme rubrique|articles similaires|articles lies|articles recommandes|a decouvrir|a decouvrir aussi|les plus lus|nos autres articles|recommande pour vous|vous aimerez aussi|ces articles peuvent vous interesser|suivez-nous|related articles|read also|read more)( ?: ?|$)/;
const LABEL_CHARACTERS_MAX = 160;
const BLOCKS = new Set("div p li ul ol section h2 h3 h4 h5 h6 header span a strong form fieldset dl figure".split(" "));

const folded = (text: string): string =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[’‘]/g, "'").replace(/\s+/g, " ").trim().toLowerCase();

/** Characters below an element that are not white space, and how many of them are in links. */
type Weight = { characters: number; linked: number; hasTitle: boolean };

/** Takes away, in place, what surrounds the text of a page: menus, banners, buttons, links to other pages. */
export function removeBoilerplate(body: Element): void {
  prune(body, { isInText: false, isInLink: false });
}

type Place = { isInText: boolean; isInLink: boolean };

function prune(element: Element, place: Place): Weight {
  const total: Weight = { characters: 0, linked: 0, hasTitle: false };
  const inner: Place = {
    isInText:
      place.isInText || element.tagName === "main" || element.tagName === "article" || roleOf(element) === "main",
    isInLink: place.isInLink || element.tagName === "a",
  };
  let isListExpected = false;
  element.childNodes = element.childNodes.filter((node) => {
    if (isText(node)) {
      const characters = lettersOf(node.value);
      total.characters += characters;
      if (inner.isInLink) total.linked += characters;
      if (characters > 0) isListExpected = false;
      return true;
    }
    if (!isElement(node) || isFurnitureByKind(node, inner)) return false;
    const weight = prune(node, inner);
    if (isFurnitureByName(node, weight)) return false;
    if (isListExpected && weight.characters > 0) {
      isListExpected = false;
      if (isMostlyLinks(weight)) return false;
    }
    const label = labelOf(node, weight);
    if (label !== null && BUTTONS.has(label)) return false;
    if (label !== null && OTHER_PAGES.test(label)) {
      isListExpected = weight.linked === 0;
      return false;
    }
    total.characters += weight.characters;
    total.linked += weight.linked;
    total.hasTitle ||= weight.hasTitle || node.tagName === "h1";
    return true;
  });
  return total;
}

function isFurnitureByKind(element: Element, { isInText }: Place): boolean {
  if (KEPT_TAGS.has(element.tagName)) return false;
  if (DROPPED_TAGS.has(element.tagName)) return true;
  const role = roleOf(element);
  if (role !== "" && DROPPED_ROLES.has(role) && !(isInText && role === "alert")) return true;
  if (element.tagName === "header" && !isInText) return !hasTitle(element);
  return attributeOf(element, "aria-modal") === "true" || namesOf(element).some((name) => CONSENT.test(name));
}

/** The header of a site that has no other place for the title of the page. */
const hasTitle = (element: Element): boolean =>
  element.childNodes.some((node) => isElement(node) && (node.tagName === "h1" || hasTitle(node)));

function isFurnitureByName(element: Element, { characters, hasTitle: isTitled }: Weight): boolean {
  if (KEPT_TAGS.has(element.tagName) || isTitled) return false;
  return namesOf(element).some((name) => characters <= furnitureMaxOf(name));
}

/** A page repeats the same few names thousands of times. */
const known = new Map<string, number>();
const KNOWN_MAX = 5_000;

/** How long what has this name may be and still be furniture; -1 for a name that says nothing. */
function furnitureMaxOf(name: string): number {
  const found = known.get(name);
  if (found !== undefined) return found;
  const max = Math.max(
    -1,
    ...FURNITURE.filter(({ names }) => names.test(name)).map(({ charactersMax }) => charactersMax),
  );
  if (known.size >= KNOWN_MAX) known.clear();
  known.set(name, max);
  return max;
}

const isMostlyLinks = ({ characters, linked }: Weight): boolean => linked > characters / 2;

/** The text of a short block; null for any other. « Lire aussi : » and the title of the page it leads to are one. */
function labelOf(element: Element, { characters, linked }: Weight): string | null {
  if (characters === 0 || characters > LABEL_CHARACTERS_MAX || !BLOCKS.has(element.tagName)) return null;
  if (characters > 45 && linked === 0) return null;
  const text = folded(textIn(element));
  const other = OTHER_PAGES.exec(text);
  // What follows is prose: « Voir aussi : l’article 3 du décret ».
  return other && other[0].length < text.length && linked < characters / 3 ? null : text;
}
