/** Destinations whose text is not of the document. Any other that begins with `\*` is left out too. */
export const SKIPPED_DESTINATIONS = new Set(
  (
    "colortbl info pict nonshppict shprslt sp objdata xe tc rxe pntxta pntxtb nonesttables datafield filetbl background " +
    "fontemb falt panose template operator author title subject keywords comment doccomm generator ftncn aftncn " +
    "listtable listoverridetable leveltext levelnumbers listname"
  ).split(" "),
);

/** Starred destinations that hold text of the document. */
export const READ_THOUGH_STARRED = new Set(["shpinst", "nesttableprops", "fldinst"]);

export const HEADER_DESTINATIONS = new Set(["header", "headerl", "headerr", "headerf"]);
export const FOOTER_DESTINATIONS = new Set(["footer", "footerl", "footerr", "footerf"]);

/** Control words that are a character. */
export const CHARACTER_OF_WORD: Record<string, string> = {
  tab: "\t",
  line: "\n",
  lbr: "\n",
  emdash: "—",
  endash: "–",
  lquote: "‘",
  rquote: "’",
  ldblquote: "“",
  rdblquote: "”",
  bullet: "•",
  emspace: " ",
  enspace: " ",
  qmspace: " ",
  nestcell: " ",
  nestrow: " ",
  "~": "\u00a0",
  _: "-",
};
