import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Writes files to a new folder, calls back with it, and removes it. */
export async function withWorkspace<T>(files: Record<string, string>, use: (folder: string) => Promise<T>) {
  const folder = await mkdtemp(join(tmpdir(), "rells-diagram-"));
  try {
    for (const [name, text] of Object.entries(files)) {
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The files of a workspace with one model per name, and relations between neighbours. */
export function workspaceOf(packages: number, modelsEach: number): Record<string, string> {
  const files: Record<string, string> = {
    "go.mod": "module example.com/large\n\ngo 1.26\n\nrequire gorm.io/gorm v1.31.2\n",
    "accounts/account.go": `package accounts

import "gorm.io/gorm"

type Account struct {
	gorm.Model
	Email string
}
`,
  };
  for (let p = 0; p < packages; p++) {
    files[`domain${p}/models.go`] = packageOf(p, modelsEach);
  }
  return files;
}

/** Each model has an owner among those before it, every third a tag, every fifth an account. */
function packageOf(p: number, models: number): string {
  const name = (i: number) => `${words[i % words.length] ?? ""}${p}x${i}`;
  const children = Map.groupBy(
    Array.from({ length: models - 1 }, (_, i) => i + 1),
    (i) => ownerOf(i),
  );
  let text = `package domain${p}\n\nimport (\n\t"gorm.io/gorm"\n\n\t"example.com/large/accounts"\n)\n`;
  for (let i = 0; i < models; i++) {
    const fields = ["gorm.Model", "Name string", "Note *string"];
    if (i > 0) {
      const owner = name(ownerOf(i));
      fields.push(`${owner}ID uint`, `${owner} *${owner}`);
    }
    for (const child of children.get(i) ?? []) {
      if (child % 4 !== 3) {
        fields.push(`${name(child)}s []${name(child)}`);
      }
    }
    if (i % 3 === 2) {
      fields.push(`Labels []${name(i - 1)} \`gorm:"many2many:labels_${p}_${i}"\``);
    }
    if (i % 5 === 4) {
      fields.push("AccountID uint", "Account accounts.Account");
    }
    if (i % 50 === 49) {
      fields.push(`Broken []${name(1)} \`gorm:"foreignKey:Nowhere"\``);
    }
    text += `\ntype ${name(i)} struct {\n\t${fields.join("\n\t")}\n}\n`;
  }
  return text;
}

function ownerOf(i: number): number {
  return Math.floor((i * 7) / 17) % i;
}

const words = [
  "Order",
  "Invoice",
  "Shipment",
  "Product",
  "Address",
  "Payment",
  "Review",
  "Ticket",
  "Stock",
  "Note",
];
