// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";

import { canUsePasskeys } from "../src/site/passkey";

function view(hostname: string, more: object = { PublicKeyCredential: Object }): Window {
  return { location: { hostname }, ...more } as unknown as Window;
}

describe("where passkeys can work", () => {
  it.each(["localhost", "knees.example.org"])("at a name: %s", (name) => {
    expect(canUsePasskeys(view(name))).toBe(true);
  });

  it.each(["127.0.0.1", "192.168.1.20", "[::1]"])("never at an address: %s", (address) => {
    expect(canUsePasskeys(view(address))).toBe(false);
  });

  it("not in a browser without them, as over plain HTTP", () => {
    expect(canUsePasskeys(view("knees.example.org", {}))).toBe(false);
  });
});
