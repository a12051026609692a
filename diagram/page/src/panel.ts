import type { Graph, Line, Model, Place } from "./graph.ts";
import { spellPlace } from "./graph.ts";

/** What the panel lets people do. */
export interface PanelActions {
  select: (model: string) => void;
  open: ((at: Place) => void) | undefined; // undefined where nobody can open source
}

/** Shows a model beside the diagram: where it is, what it leads to, what is wrong with it. */
export function showModel(panel: HTMLElement, graph: Graph, model: Model, actions: PanelActions): void {
  const names = new Map(graph.models.map((m) => [m.id, m.name]));
  panel.replaceChildren(
    html("h2", {}, model.name),
    html("p", { class: "quiet" }, model.package),
    ...(model.table ? [html("p", {}, `table ${model.table}`)] : []),
    ...(model.at ? [source(model.at, actions)] : []),
    ...problems(model),
    html("h3", {}, "Relations"),
    relations(graph, model, names, actions),
  );
  panel.hidden = false;
}

function source(at: Place, { open }: PanelActions): HTMLElement {
  const text = spellPlace(at);
  if (!open) {
    return html("p", { class: "source" }, text);
  }
  const button = html("button", { class: "link" }, text);
  button.addEventListener("click", () => {
    open(at);
  });
  return html("p", { class: "source" }, button);
}

function problems(model: Model): HTMLElement[] {
  return (model.problems ?? []).map((p) =>
    html(
      "p",
      { class: `problem ${p.severity}` },
      p.message,
      html("span", { class: "quiet" }, ` [${p.rule}]`),
    ),
  );
}

function relations(
  graph: Graph,
  model: Model,
  names: Map<string, string>,
  { select }: PanelActions,
): HTMLElement {
  const list = html("ul");
  const add = (line: Line, own: Line["from"], other: Line["from"]) => {
    const button = html("button", { class: "link" }, names.get(other.model) ?? other.model);
    button.addEventListener("click", () => {
      select(other.model);
    });
    const arrow = line.oneSided ? (own.field ? " → " : " ← ") : " ↔ ";
    list.append(
      html("li", { class: line.severity ?? "" }, own.field ?? `(${other.field ?? ""})`, arrow, button),
    );
  };
  for (const line of graph.relations) {
    if (line.from.model === model.id) {
      add(line, line.from, line.to);
    } else if (line.to.model === model.id) {
      add(line, line.to, line.from);
    }
  }
  return list.childElementCount > 0 ? list : html("p", { class: "quiet" }, "none");
}

function html<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}
