import ELK from "elkjs/lib/elk-api.js";
import type { Measure } from "./boxes.ts";
import { size } from "./boxes.ts";
import { Diagram } from "./diagram.ts";
import { save, toPNG, toSVG } from "./exported.ts";
import type { Graph } from "./graph.ts";
import { findHost } from "./host.ts";
import type { Engine } from "./layout.ts";
import { showModel } from "./panel.ts";
import { search } from "./search.ts";
import { View } from "./view.ts";

/** An element of the page, whose kind the page and this script agree on. */
function byId(id: string): Element {
  const element = document.getElementById(id);
  if (!element) {
    throw new Error(`the page has no ${id}`);
  }
  return element;
}

const surface = byId("surface") as SVGSVGElement;
const panel = byId("panel") as HTMLElement;
const status = byId("status") as HTMLElement;
const query = byId("query") as HTMLInputElement;
const hits = byId("hits") as HTMLUListElement;
const depth = byId("depth") as HTMLSelectElement;
const columns = byId("columns") as HTMLInputElement;

const view = new View(surface, () => undefined);
const diagram = new Diagram(view, engine(), measure());
const host = findHost((told) => {
  if (told.type === "graph") {
    void redraw(told.graph);
  } else if (diagram.selected?.id !== told.model) {
    select(told.model, true);
  }
});

/** The layout runs in a worker, whose script is part of the page. */
function engine(): Engine {
  const script = new Blob([byId("elk").textContent], { type: "text/javascript" });
  const url = URL.createObjectURL(script);
  return new ELK({ workerFactory: () => new Worker(url) });
}

function measure(): Measure {
  const context = document.createElement("canvas").getContext("2d");
  const family = getComputedStyle(document.body).fontFamily;
  const fonts = {
    title: `600 ${size.font}px ${family}`,
    row: `${size.font}px ${family}`,
    small: `${size.small}px ${family}`,
  };
  return (text, font) => {
    if (!context) {
      return text.length * 8;
    }
    context.font = fonts[font];
    return context.measureText(text).width;
  };
}

async function redraw(graph: Graph = diagram.graph): Promise<void> {
  status.textContent = `laying out ${graph.models.length} models …`;
  const near = Number(depth.value);
  await diagram.draw(graph, { columns: columns.checked, depth: near > 0 ? near : undefined });
  const problems = graph.models.reduce((n, m) => n + (m.problems?.length ?? 0), 0);
  status.textContent = [
    count(graph.models.length, "model"),
    count(graph.relations.length, "relation"),
    count(problems, "problem"),
  ].join(", ");
  document.body.dataset["drawn"] = String(Math.round(performance.now()));
  showSelected();
}

function count(n: number, thing: string): string {
  return n === 1 ? `1 ${thing}` : `${n} ${thing}s`;
}

/** Selects a model; with reveal the drawing moves to it. */
function select(id: string | undefined, reveal: boolean): void {
  diagram.select(id);
  showSelected();
  const relayout = diagram.shown.depth !== undefined;
  void (relayout ? redraw() : Promise.resolve()).then(() => {
    if (id !== undefined && reveal) {
      diagram.reveal(id);
    }
  });
}

function showSelected(): void {
  const model = diagram.selected;
  if (!model) {
    panel.hidden = true;
    return;
  }
  showModel(panel, diagram.graph, model, {
    select: (id) => {
      select(id, true);
    },
    open:
      host &&
      ((at) => {
        host.open(at);
      }),
  });
}

surface.addEventListener("click", (event) => {
  if (surface.classList.contains("dragged")) {
    return;
  }
  const target = event.target as Element;
  const id = target.closest<SVGGElement>("[data-model]")?.dataset["model"];
  select(id, false);
  const model = diagram.selected;
  if (id !== undefined && model && host) {
    const name = target.closest<SVGElement>("[data-field]")?.dataset["field"];
    const at = model.fields.find((f) => f.name === name)?.at ?? model.at;
    if (at) {
      host.open(at);
    }
  }
});

surface.addEventListener("dblclick", (event) => {
  const id = (event.target as Element).closest<SVGGElement>("[data-model]")?.dataset["model"];
  if (id !== undefined) {
    diagram.reveal(id);
  }
});

query.addEventListener("input", () => {
  hits.replaceChildren(
    ...search(diagram.graph, query.value).map(({ model, found }) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.textContent = found;
      button.title = model.id;
      button.addEventListener("click", () => {
        hits.replaceChildren();
        query.value = "";
        select(model.id, true);
      });
      item.append(button);
      return item;
    }),
  );
});

query.addEventListener("keydown", (event) => {
  if (event.key === "Enter") {
    hits.querySelector("button")?.click();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    query.value = "";
    hits.replaceChildren();
    query.blur();
    select(undefined, false);
    return;
  }
  if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const keys: Record<string, () => void> = {
    "/": () => {
      query.focus();
    },
    "+": () => {
      view.zoom(1.25);
    },
    "-": () => {
      view.zoom(0.8);
    },
    "0": () => {
      diagram.fit();
    },
    ArrowLeft: () => {
      view.pan(-80, 0);
    },
    ArrowRight: () => {
      view.pan(80, 0);
    },
    ArrowUp: () => {
      view.pan(0, -80);
    },
    ArrowDown: () => {
      view.pan(0, 80);
    },
    Enter: () => {
      const id = document.activeElement?.closest<SVGGElement>("[data-model]")?.dataset["model"];
      if (id !== undefined) {
        select(id, true);
      }
    },
  };
  const act = keys[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
});

depth.addEventListener(
  "change",
  () =>
    void redraw().then(() => {
      diagram.fit();
    }),
);
columns.addEventListener("change", () => void redraw());

function onClick(id: string, act: () => void): void {
  byId(id).addEventListener("click", act);
}

onClick("larger", () => {
  view.zoom(1.25);
});
onClick("smaller", () => {
  view.zoom(0.8);
});
onClick("fit", () => {
  diagram.fit();
});
onClick("theme", () => {
  const root = document.documentElement;
  root.dataset["theme"] = getComputedStyle(root).colorScheme === "dark" ? "light" : "dark";
});
onClick("svg", () => {
  diagram.complete();
  const { width, height } = diagram.size;
  save("models.svg", new Blob([toSVG(surface, width, height)], { type: "image/svg+xml" }));
});
onClick("png", () => {
  diagram.complete();
  const { width, height } = diagram.size;
  toPNG(toSVG(surface, width, height), width + 48, height + 48).then(
    (picture) => {
      save("models.png", picture);
    },
    (error: unknown) => {
      status.textContent = String(error);
    },
  );
});

// An editor paints its pages in its own theme, and says so on the body.
if (host) {
  const follow = () => {
    const dark = document.body.matches(
      ".vscode-dark, .vscode-high-contrast:not(.vscode-high-contrast-light)",
    );
    document.documentElement.dataset["theme"] = dark ? "dark" : "light";
  };
  new MutationObserver(follow).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  follow();
}

const data = JSON.parse(byId("graph").textContent) as Graph | null;
if (data) {
  void redraw(data);
}
