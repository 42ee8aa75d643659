import rehypeKatex from "rehype-katex";
import type { MathsPlugin } from "./options";

/** Maths as MathML, which browsers draw and read aloud by themselves: neither style sheet nor font to load. */
export const katexPlugin: MathsPlugin = [
  rehypeKatex,
  { output: "mathml", strict: "ignore", trust: false, maxExpand: 200, maxSize: 20 },
];
