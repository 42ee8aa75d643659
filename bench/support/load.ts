import { fork } from "node:child_process";
import { once } from "node:events";
import type { Profile } from "./profile.ts";

/** `streams` readers that arrive one after the other over `overMs`. */
export type Load = { url: string; cookie: string | null; profile: Profile; streams: number; overMs: number };

export type LoadFigures = {
  firstTokenMs: number[];
  /** Of each token: from the moment the model sent it to the moment it was read. */
  latencyMs: number[];
  tokens: number;
  failures: string[];
  seconds?: number;
};

/** Readers, in a process of their own. */
export function startLoad(): { play: (load: Load) => Promise<LoadFigures>; close: () => void } {
  const child = fork("bench/support/load-process.ts", { serialization: "advanced" });
  return {
    async play(load) {
      child.send(load);
      const [figures] = (await once(child, "message")) as [LoadFigures];
      return figures;
    },
    close: () => child.kill(),
  };
}
