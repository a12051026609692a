import type { Box, Measure } from "./boxes.ts";
import { boxesOf } from "./boxes.ts";
import type { Drawing } from "./draw.ts";
import { draw } from "./draw.ts";
import type { Graph, Model } from "./graph.ts";
import { around, part } from "./graph.ts";
import type { Engine, Layout } from "./layout.ts";
import { layOut } from "./layout.ts";
import type { View } from "./view.ts";

/** What of the graph is shown. */
export interface Shown {
  columns: boolean;
  depth: number | undefined; // only what is so near to the selected model; undefined for everything
}

/** The diagram on its surface: a graph, what is selected in it, and what of it is shown. */
export class Diagram {
  readonly #view: View;
  readonly #engine: Engine;
  readonly #measure: Measure;
  #graph: Graph = { version: 1, models: [], relations: [] };
  #drawing: Drawing | undefined;
  #layout: Layout | undefined;
  #shown: Shown = { columns: false, depth: undefined };
  #selected: string | undefined;
  #turn = 0; // counts layouts: one that comes late is thrown away

  constructor(view: View, engine: Engine, measure: Measure) {
    this.#view = view;
    this.#engine = engine;
    this.#measure = measure;
  }

  get graph(): Graph {
    return this.#graph;
  }

  get shown(): Shown {
    return this.#shown;
  }

  get selected(): Model | undefined {
    return this.#graph.models.find((m) => m.id === this.#selected);
  }

  get size(): { width: number; height: number } {
    return { width: this.#layout?.width ?? 0, height: this.#layout?.height ?? 0 };
  }

  /** Draws another graph, or another part of it. What is selected stays where it is. */
  async draw(graph: Graph, shown: Shown): Promise<void> {
    const turn = ++this.#turn;
    const first = this.#layout === undefined;
    const anchor = this.#anchor();
    this.#graph = graph;
    this.#shown = shown;
    const visible =
      shown.depth !== undefined && this.selected
        ? part(graph, around(graph, this.selected.id, shown.depth))
        : graph;
    const boxes: Box[] = boxesOf(visible, shown.columns, this.#measure);
    const layout = await layOut(this.#engine, visible, boxes);
    if (turn !== this.#turn) {
      return;
    }
    this.#layout = layout;
    this.#drawing = draw(layout);
    this.#view.show(this.#drawing.group);
    this.#light();
    if (first) {
      this.fit();
    } else {
      this.#keep(anchor);
    }
    if (this.#view.distant) {
      this.#completeSoon();
    } else {
      this.complete();
    }
  }

  /** Draws what is only seen from near, as far as it is not drawn yet. */
  complete(): void {
    this.#drawing?.details.splice(0).forEach((detail) => {
      detail();
    });
  }

  /** The same, little by little, so that the page answers meanwhile. */
  #completeSoon(): void {
    const drawing = this.#drawing;
    const go = () => {
      if (drawing !== this.#drawing) {
        return;
      }
      const until = performance.now() + 10;
      while (performance.now() < until) {
        drawing?.details.shift()?.();
      }
      if (drawing && drawing.details.length > 0) {
        setTimeout(go);
      }
    };
    // The next frame shows the drawing as it is.
    requestAnimationFrame(() => setTimeout(go));
  }

  /** Shows all of it. */
  fit(): void {
    this.#view.fit({ x: 0, y: 0, ...this.size });
  }

  /** Selects a model, or nothing. The rest fades, but for what is beside it. */
  select(id: string | undefined): void {
    this.#selected = this.#graph.models.some((m) => m.id === id) ? id : undefined;
    this.#light();
  }

  /** Brings a model to the middle, large enough to be read. */
  reveal(id: string): void {
    const at = this.#layout?.boxes.find((b) => b.box.model.id === id);
    if (at) {
      this.#view.center(at, Math.max(0.8, this.#view.window.scale));
    }
  }

  #light(): void {
    const drawing = this.#drawing;
    if (!drawing) {
      return;
    }
    const id = this.#selected;
    drawing.group.classList.toggle("focused", id !== undefined);
    const lit = new Set<string>();
    for (const { line, elements } of drawing.lines) {
      const touches = line.from.model === id || line.to.model === id;
      elements.forEach((e) => e.classList.toggle("lit", touches));
      if (touches) {
        lit.add(line.from.model).add(line.to.model);
      }
    }
    for (const [model, element] of drawing.boxes) {
      element.classList.toggle("lit", lit.has(model));
      element.classList.toggle("selected", model === id);
    }
  }

  /** Where the selected box is on the screen. */
  #anchor(): { x: number; y: number } | undefined {
    const at = this.#layout?.boxes.find((b) => b.box.model.id === this.#selected);
    const { x, y, scale } = this.#view.window;
    return at && { x: (at.x - x) * scale, y: (at.y - y) * scale };
  }

  #keep(anchor: { x: number; y: number } | undefined): void {
    const at = this.#layout?.boxes.find((b) => b.box.model.id === this.#selected);
    const { scale } = this.#view.window;
    if (at && anchor) {
      this.#view.move({ x: at.x - anchor.x / scale, y: at.y - anchor.y / scale, scale });
    }
  }
}
