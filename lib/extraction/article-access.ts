import type { PageData, Thing } from "./article-data.ts";

/** Longer, a page is read whatever it says of subscriptions. */
const TEASER_CHARACTERS_MAX = 6_000;
const NOTICE_CHARACTERS_MAX = 1_500;

const PAYWALL =
  /(article|contenu|dossier|suite|lecture|acces)[^.!?]{0,60}(reserve|reservee|reserves|reservees) (a nos|aux|aux seuls|a tous nos) abonne|abonnez-vous pour (lire|continuer|acceder|poursuivre)|pour (lire|continuer|acceder a) (la suite|l'integralite|cet article)[^.!?]{0,60}abonne|decouvrez nos offres d'abonnement pour|subscribe to (continue|read|unlock)|this (article|content) is for subscribers/;
const PART_ONLY = /il vous reste \d{1,3}(,\d+)? ?% de (cet|cette|l)|vous avez deja lu \d+ articles? gratuits?/;
const SIGN_IN =
  /(connectez-vous|identifiez-vous|vous devez (etre|vous) (connecte|connecter|identifie|identifier)|veuillez vous (connecter|identifier)|authentification (requise|necessaire)|acces reserve|please (log|sign) in|you must be (logged|signed) in)/;
const SCRIPT_ONLY =
  /(enable|activer|activez|requires?|necessite|need to enable|turn on)[^.!?]{0,40}javascript|javascript[^.!?]{0,60}(enable|disabled|required|desactive|active|necessaire|requis)|checking your browser|just a moment|verification (de votre navigateur|que vous etes humain)|verify (that )?you are (a )?human/;

const plain = (text: string): string =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[’‘]/g, "'").replace(/\s+/g, " ").toLowerCase();

/** Why there is nothing to read of a page, of which `text` is what is shown; null when there is. */
export function obstacleOf({ things, meta }: PageData, text: string): "closed" | "unreadable" | null {
  if (things.some((thing) => isRead(thing) && isFalse(thing.isAccessibleForFree))) return "closed";
  if (isFalse(meta.get("isaccessibleforfree")) || meta.get("article:content_tier") === "locked") return "closed";
  if (text.length <= TEASER_CHARACTERS_MAX) {
    const said = plain(text);
    if (PAYWALL.test(said) || PART_ONLY.test(said)) return "closed";
    if (said.length <= NOTICE_CHARACTERS_MAX && SCRIPT_ONLY.test(said)) return "unreadable";
    if (said.length <= NOTICE_CHARACTERS_MAX && SIGN_IN.test(said)) return "closed";
  }
  return /\p{L}{2}/u.test(text) ? null : "unreadable";
}

/** A place or an event that must be paid for does not close the page that tells of it. */
const isRead = (thing: Thing): boolean =>
  [thing["@type"]]
    .flat()
    .some((type) => typeof type === "string" && /Article|Posting|WebPage|CreativeWork|Report|Chapter/.test(type));

const isFalse = (value: unknown): boolean =>
  value === false || (typeof value === "string" && /^(false|no|0)$/i.test(value.trim()));
