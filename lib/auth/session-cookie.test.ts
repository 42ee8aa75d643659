import { encode } from "next-auth/jwt";
import { afterEach, expect, it, vi } from "vitest";
import { newId } from "@/lib/id";
import { readSessionCookie } from "./session-cookie";

const secret = "s".repeat(40);
afterEach(() => void vi.useRealTimers());

it("names the same session each time it is read, with the secret that made it and no other", async () => {
  const sid = newId();
  const cookie = await encode({ token: { sid }, secret, maxAge: 600 });
  for (let time = 0; time < 3; time += 1) {
    expect(await readSessionCookie(cookie, secret)).toBe(sid);
    expect(await readSessionCookie(cookie, "x".repeat(40))).toBeNull();
    expect(await readSessionCookie(`${cookie}a`, secret)).toBeNull();
  }
});

it("is refused soon after its time, although it was read before", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const sid = newId();
  const cookie = await encode({ token: { sid }, secret, maxAge: 30 });
  expect(await readSessionCookie(cookie, secret)).toBe(sid);
  vi.setSystemTime(Date.now() + 91_000);
  expect(await readSessionCookie(cookie, secret)).toBeNull();
});
