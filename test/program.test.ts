import { expect, test, vi } from "vitest";
import { ledgerFile, serverUrl } from "#snippets/support/program.ts";

test("a server is named by an address, with or without a slash at its end, or by nothing", () => {
  expect(serverUrl("http://127.0.0.1:8001")).toBe("http://127.0.0.1:8001");
  expect(serverUrl("https://a.example//")).toBe("https://a.example");
  for (const none of ["x", "ftp://a.example", "http:", "127.0.0.1:8001"])
    expect(() => serverUrl(none), none).toThrow("is no address of a server");
  expect(serverUrl("")).toBeUndefined();
  vi.stubEnv("RESONATE_URL", "http://localhost:1/");
  expect(serverUrl()).toBe("http://localhost:1");
  vi.unstubAllEnvs();
});

test("a ledger's file is one that ends in .db, or none", () => {
  expect(ledgerFile([])).toBeUndefined();
  expect(ledgerFile(["a.db"])).toBe("a.db");
  expect(() => ledgerFile(["5"])).toThrow("and 5 does not");
});
