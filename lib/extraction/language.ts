/** The commonest words of each language, without those that several share with the same weight. */
const COMMON_WORDS: Record<string, string> = {
  fr:
    "le la les un une des du de et est en que qui dans pour par sur au aux avec ce cette ces ne pas plus ou se sont il elle nous vous " +
    "leur leurs son sa ses être été fait mais comme si tout tous toute peut doit à où l d qu n s c j m y entre sans sous selon afin ainsi",
  en:
    "the of and to in is that for it was on are as with be this by at from or have an not which you we they their has had were will " +
    "would can could should been but if all there more its his her our your what when who how these those into than",
  de:
    "der die das und ist in den von zu mit sich des auf für nicht ein eine einer eines dem im als auch es an werden aus er hat dass sie " +
    "nach wird bei noch wie einen über so zum war haben nur oder aber vor zur bis mehr durch man sein wurde können sind wir ihr",
  es:
    "el la los las un una de del y es en que por para con no se su sus al lo como más pero o este esta ha son fue ser está muy también " +
    "cuando sobre entre hasta desde todo todos nos ya porque donde puede sin años hay",
  it:
    "il lo la i gli le un una uno di del della dei delle e è in che per con non si su al alla nel nella sono da dal dalla come più ma o " +
    "anche questo questa ha essere stato suo sua loro dopo tra cui così quando molto può nei degli agli",
  pt:
    "o a os as um uma de do da dos das e é em no na nos nas que para por com não se ao aos mais mas como ou este esta foi são ser está " +
    "também sua seu seus muito já entre até quando pela pelo sobre tem você isso ele ela à",
  nl:
    "de het een en van is in dat op te voor met zijn niet aan er om ook als bij maar door over uit nog naar dan of die was heeft worden " +
    "wordt deze dit kan meer tot werd hebben ik je wij hij zij geen na moet onder wat u",
};
/** Letters and their neighbours that hardly another of these languages has. */
const TELLING: Record<string, RegExp> = {
  fr: /[œçêâîûùë]|eau|oi[srt]\b|aux\b|\b[ldnsjcq]['’]/g,
  en: /\bth|wh|ing\b|ght|\by/g,
  de: /[ßäöü]|sch|ung\b|keit\b|ich\b/g,
  es: /[ñ¿¡]|ción\b|ado\b|\bll|dad\b/g,
  it: /zione\b|gli|cch|tà\b|ò\b|\bdell/g,
  pt: /[ãõ]|ção\b|ções\b|lh|nh/g,
  nl: /ij|aa|oo[^lk]|uu|sch|lijk/g,
};
const WORDS = Object.entries(COMMON_WORDS).map(([language, words]) => ({ language, words: new Set(words.split(" ")) }));

const LETTERS_MIN = 40;
const SAMPLE_CHARACTERS = 20_000;
/** Fewer common words, and it is a table of names and figures, or another language. */
const SHARE_MIN = 0.12;
const COMMON_WORDS_MIN = 3;
const ADDRESS = /https?:\/\/\S+|\S+@\S+/g;

/** ISO 639-1, among fr, en, de, es, it, pt and nl; null below about 40 letters, and for what looks like none of them. */
export function guessLanguage(text: string): string | null {
  const sample = sampleOf(text).toLowerCase().replace(ADDRESS, " ");
  const words = sample.match(/\p{L}+/gu) ?? [];
  const letters = words.reduce((total, word) => total + word.length, 0);
  if (letters < LETTERS_MIN) return null;
  let best: { language: string; score: number; hits: number } | null = null;
  for (const { language, words: common } of WORDS) {
    const hits = words.filter((word) => common.has(word)).length;
    const telling = (sample.match(TELLING[language] ?? /$^/g)?.length ?? 0) / words.length;
    const score = hits / words.length + telling * 0.5;
    if (!best || score > best.score) best = { language, score, hits };
  }
  const isSure = best && best.hits >= Math.max(COMMON_WORDS_MIN, words.length * SHARE_MIN);
  return isSure && best ? best.language : null;
}

/** The beginning, the middle and the end of a long text. */
function sampleOf(text: string): string {
  if (text.length <= SAMPLE_CHARACTERS) return text;
  const part = Math.floor(SAMPLE_CHARACTERS / 3);
  const middle = Math.floor(text.length / 2);
  return [text.slice(0, part), text.slice(middle, middle + part), text.slice(-part)].join("\n");
}
