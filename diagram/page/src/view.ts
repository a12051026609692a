import type { Point } from "./layout.ts";

/** What is seen of a drawing: the point at the upper left, and the zoom. */
export interface Window extends Point {
  scale: number;
}

const least = 0.01;
const most = 4;

/** Moves and scales what is in an SVG element: wheel, drag, pinch and keys. */
export class View {
  readonly surface: SVGSVGElement;
  readonly #moved: (window: Window) => void;
  #content: SVGGElement | undefined;
  #window: Window = { x: 0, y: 0, scale: 1 };

  constructor(surface: SVGSVGElement, moved: (window: Window) => void) {
    this.surface = surface;
    this.#moved = moved;
    surface.addEventListener("wheel", this.#wheel, { passive: false });
    surface.addEventListener("pointerdown", this.#drag);
  }

  get window(): Window {
    return { ...this.#window };
  }

  /** Whether everything is too small for rows to be read. */
  get distant(): boolean {
    return this.#window.scale < 0.45;
  }

  /** Shows another drawing through the same window. */
  show(content: SVGGElement): void {
    this.#content?.remove();
    this.#content = content;
    this.surface.append(content);
    this.move(this.#window);
  }

  move(window: Window): void {
    this.#window = { ...window, scale: Math.min(most, Math.max(least, window.scale)) };
    const { x, y, scale } = this.#window;
    this.#content?.setAttribute("transform", `scale(${scale}) translate(${-x},${-y})`);
    // Below this nobody can read a row: titles take the place of boxes, then of frames.
    this.surface.classList.toggle("distant", this.distant);
    this.surface.classList.toggle("remote", scale < 0.1);
    this.#moved(this.#window);
  }

  /** Zooms by a factor around a point of the surface, by default its middle. */
  zoom(factor: number, around?: Point): void {
    const { clientWidth, clientHeight } = this.surface;
    const at = around ?? { x: clientWidth / 2, y: clientHeight / 2 };
    const { x, y, scale } = this.#window;
    const next = Math.min(most, Math.max(least, scale * factor));
    this.move({ x: x + at.x / scale - at.x / next, y: y + at.y / scale - at.y / next, scale: next });
  }

  /** Shows all of a rectangle, never enlarged. */
  fit(box: Point & { width: number; height: number }, margin = 32): void {
    const { clientWidth, clientHeight } = this.surface;
    const scale = Math.min(
      1,
      (clientWidth - 2 * margin) / Math.max(1, box.width),
      (clientHeight - 2 * margin) / Math.max(1, box.height),
    );
    this.center(box, Math.max(least, scale));
  }

  /** Puts the middle of a rectangle into the middle of the surface. */
  center(box: Point & { width: number; height: number }, scale = this.#window.scale): void {
    const { clientWidth, clientHeight } = this.surface;
    this.move({
      x: box.x + box.width / 2 - clientWidth / scale / 2,
      y: box.y + box.height / 2 - clientHeight / scale / 2,
      scale,
    });
  }

  pan(dx: number, dy: number): void {
    const { x, y, scale } = this.#window;
    this.move({ x: x + dx / scale, y: y + dy / scale, scale });
  }

  // A touchpad pans with two fingers and pinches with ctrl; a mouse wheel has no deltaX
  // and comes in large steps: it zooms.
  readonly #wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const stepped = event.deltaMode !== 0 || (event.deltaX === 0 && Math.abs(event.deltaY) >= 60);
    if (event.ctrlKey || event.metaKey || stepped) {
      const speed = event.ctrlKey && !stepped ? 0.01 : 0.0015;
      this.zoom(Math.exp(-event.deltaY * (event.deltaMode === 0 ? 1 : 30) * speed), {
        x: event.offsetX,
        y: event.offsetY,
      });
    } else {
      this.pan(event.deltaX, event.deltaY);
    }
  };

  readonly #drag = (down: PointerEvent): void => {
    if (down.button !== 0) {
      return;
    }
    let last: Point = { x: down.clientX, y: down.clientY };
    let far = 0;
    const move = (event: PointerEvent) => {
      const step = { x: event.clientX - last.x, y: event.clientY - last.y };
      far += Math.abs(step.x) + Math.abs(step.y);
      last = { x: event.clientX, y: event.clientY };
      this.pan(-step.x, -step.y);
      this.surface.classList.toggle("dragged", far > 4);
    };
    const end = () => {
      window.removeEventListener("pointermove", move);
      // A click that ends a drag comes after this, and is none.
      setTimeout(() => {
        this.surface.classList.remove("dragged");
      });
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", end, { once: true });
    window.addEventListener("pointercancel", end, { once: true });
  };
}
