// What a Next server does first: without it `cookies()` and `headers()` have nowhere to read from.
import "next/dist/server/node-environment-baseline";
import { afterEach, beforeEach, expect, vi } from "vitest";

// A test that logs an error it did not expect is a failing test. One that expects it reads the calls and clears them.
const logged = vi.spyOn(console, "error");
beforeEach(() => void logged.mockReset());
afterEach(() => expect(logged, "console.error was called").not.toHaveBeenCalled());
