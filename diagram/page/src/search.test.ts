import assert from "node:assert/strict";
import { test } from "node:test";
import { model } from "./sample.ts";
import { search } from "./search.ts";

const models = [
  model("UserRole"),
  model("SuperUser"),
  model("User", { table: "people" }),
  model("Order", { fields: [{ name: "UserID", type: "uint" }] }),
];
const find = (query: string) => search({ version: 1, models, relations: [] }, query).map((hit) => hit.found);

test("names come before parts of names, and those before fields", () => {
  assert.deepEqual(find("user"), ["User", "UserRole", "SuperUser", "Order.UserID"]);
});

test("tables are found, and nothing by nothing", () => {
  assert.deepEqual(find("PEOPLE"), ["people"]);
  assert.deepEqual(find("  "), []);
  assert.deepEqual(find("nobody"), []);
});
