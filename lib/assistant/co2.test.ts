import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CO2_ZONES } from "@/lib/models/schema";
import { co2Of, gramsInFrench, impactOf } from "./co2";

describe("the formula of EcoLogits", () => {
  it.each([
    [8, 8, 3.566103382123549e-5, 4.173362236952059e-6],
    [24, 24, 4.342667652113612e-5, 5.145055818612447e-6],
    [123, 123, 3.659063629070852e-4, 4.4629639420544395e-5],
    [5.1, 117, 1.3701404432751402e-4, 1.5988971101104454e-5],
  ])("gives its figures for %d of %d billion parameters, 400 tokens in France", (active, total, kwh, kg) => {
    const impact = impactOf({ active, total }, 400, "FRA");
    expect(Math.abs(impact.kwh / kwh - 1)).toBeLessThan(1e-14);
    expect(Math.abs(impact.kg / kg - 1)).toBeLessThan(1e-14);
  });

  it("takes the measured time when it is shorter than the modelled one", () => {
    const size = { active: 24, total: 24 };
    expect(impactOf(size, 400, "FRA", 1).kg).toBeLessThan(impactOf(size, 400, "FRA").kg);
    expect(impactOf(size, 400, "FRA", 3_600)).toEqual(impactOf(size, 400, "FRA"));
  });

  it("depends on where the electricity comes from", () => {
    const kg = CO2_ZONES.map((zone) => impactOf({ active: 24, total: 24 }, 400, zone).kg);
    expect(new Set(kg).size).toBe(CO2_ZONES.length);
    expect(Math.min(...kg)).toBe(kg[CO2_ZONES.indexOf("SWE")]);
    expect(Math.max(...kg)).toBe(kg[CO2_ZONES.indexOf("WOR")]);
  });
});

describe("what an answer emitted", () => {
  const size = { total: 24, active: 24 };

  it("is the provider's figure when it gives one, however small", () => {
    expect(co2Of({ providerKg: 0.0000042, size, outputTokens: 400, zone: "FRA" })).toEqual({
      gramsMin: 0.0042,
      gramsMax: 0.0042,
      source: "provider",
    });
    expect(co2Of({ providerKg: 0, zone: "FRA" })).toMatchObject({ gramsMin: 0, source: "provider" });
  });

  it.each([Number.NaN, -1, Number.POSITIVE_INFINITY])("is estimated when the provider says %d", (providerKg) => {
    expect(co2Of({ providerKg, size, outputTokens: 400, zone: "FRA" })?.source).toBe("estimate");
  });

  it("is one figure when the size is known, an interval when it is not", () => {
    const known = co2Of({ size, outputTokens: 400, zone: "FRA" });
    expect(known?.gramsMin).toBe(known?.gramsMax);
    const range = co2Of({ size: { total: [70, 120], active: [70, 120] }, outputTokens: 400, zone: "FRA" });
    expect(range?.gramsMin).toBeLessThan(range?.gramsMax ?? 0);
  });

  it("is not known without a size or without tokens", () => {
    expect(co2Of({ outputTokens: 400, zone: "FRA" })).toBeNull();
    expect(co2Of({ size, zone: "FRA" })).toBeNull();
    expect(co2Of({ size, outputTokens: 0, zone: "FRA" })).toBeNull();
  });

  it("grows with the tokens and with the size, and its interval is never upside down", () => {
    const billions = fc.double({ min: 1, max: 1_000, noNaN: true });
    fc.assert(
      fc.property(
        billions,
        billions,
        fc.integer({ min: 1, max: 100_000 }),
        fc.constantFrom(...CO2_ZONES),
        (a, b, n, zone) => {
          const bounds = [Math.min(a, b), Math.max(a, b)] as const;
          const once = co2Of({ size: { total: bounds, active: bounds }, outputTokens: n, zone });
          const twice = co2Of({ size: { total: bounds, active: bounds }, outputTokens: 2 * n, zone });
          expect(once?.gramsMin).toBeGreaterThan(0);
          expect(once?.gramsMin).toBeLessThanOrEqual(once?.gramsMax ?? 0);
          expect(twice?.gramsMax).toBeGreaterThan(once?.gramsMax ?? 0);
        },
      ),
    );
  });
});

it.each([
  [0, "0"],
  [0.0000041734, "0,0000042"],
  [0.0446296, "0,045"],
  [0.999, "1"],
  [1, "1"],
  [12.345, "12,3"],
])("reads %d grams as %s", (grams, read) => {
  expect(gramsInFrench(grams)).toBe(read);
});
