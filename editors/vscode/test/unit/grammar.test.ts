// The grammar of tags, as the editor's own library for grammars reads it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";

const require = createRequire(import.meta.url);
const injection = readFileSync(join(import.meta.dirname, "..", "..", "syntaxes", "tags.json"), "utf8");
/** As much of a grammar of Go as has raw strings. */
const go = JSON.stringify({
  scopeName: "source.go",
  patterns: [{ begin: "`", end: "`", name: "string.quoted.raw.go" }],
});

await oniguruma.loadWASM(readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")));
const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: (scope) =>
    Promise.resolve(textmate.parseRawGrammar(scope === "source.go" ? go : injection, `${scope}.json`)),
  getInjections: (scope) => (scope === "source.go" ? ["rells.tags.injection"] : []),
});

/** The parts of a line that the grammar of tags has a name for. */
async function named(line: string): Promise<string[]> {
  const grammar = await registry.loadGrammar("source.go");
  assert.ok(grammar);
  return grammar.tokenizeLine(line, textmate.INITIAL).tokens.flatMap((token) => {
    const scope = token.scopes.at(-1) ?? "";
    const ours = scope.endsWith(".rells") && !scope.startsWith("punctuation") && !scope.startsWith("meta");
    return ours ? [`${line.slice(token.startIndex, token.endIndex)} ${scope.split(".")[0] ?? ""}`] : [];
  });
}

test("keys, kinds, options and names are told apart", async () => {
  assert.deepEqual(
    await named(
      'Buyer *User `json:"b" gorm:"foreignKey:BuyerID;not null" rel:"belongs-to,back_populates:Orders"`',
    ),
    [
      "gorm keyword",
      "foreignKey variable",
      "BuyerID entity",
      "rel keyword",
      "belongs-to storage",
      "back_populates variable",
      "Orders entity",
    ],
  );
});

test("a tag that is half typed ends with its string", async () => {
  assert.deepEqual(await named('A int `rel:"has-many`; b := `rel:"x`'), [
    "rel keyword",
    "has-many storage",
    "rel keyword",
  ]);
});

test("other strings are left alone", async () => {
  assert.deepEqual(await named('s := `a barrel:"has-many"` + "rel:x"'), []);
});
