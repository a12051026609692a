/** The style sheet of the page, of which an exported drawing takes what is about drawings. */
function styles(): string {
  return [...document.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules])
    .map((rule) => rule.cssText)
    .join("\n");
}

/** Values of the colours of the theme that is shown. */
function colours(): string {
  const computed = getComputedStyle(document.documentElement);
  const names = [...styles().matchAll(/var\((--[\w-]+)\)/g)].map((match) => match[1] ?? "");
  return [...new Set(names)].map((name) => `${name}:${computed.getPropertyValue(name)}`).join(";");
}

/** A drawing as an SVG file that needs nothing besides, in the colours that are shown. */
export function toSVG(surface: SVGSVGElement, width: number, height: number): string {
  const margin = 24;
  const copy = surface.cloneNode(true) as SVGSVGElement;
  const [w, h] = [Math.ceil(width) + 2 * margin, Math.ceil(height) + 2 * margin];
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(w));
  copy.setAttribute("height", String(h));
  copy.setAttribute("viewBox", `${-margin} ${-margin} ${w} ${h}`);
  copy.setAttribute("class", "drawing");
  copy.setAttribute("style", colours());
  copy.querySelector(":scope > g")?.removeAttribute("transform");
  const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
  style.textContent = styles();
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [key, value] of Object.entries({
    x: -margin,
    y: -margin,
    width: w,
    height: h,
    class: "ground",
  })) {
    ground.setAttribute(key, String(value));
  }
  copy.prepend(style, ground);
  return new XMLSerializer().serializeToString(copy);
}

/** The most pixels that a side of a picture may have; browsers refuse larger ones. */
const mostPixels = 8192;

/** A drawing as a PNG file, twice as large as on the screen where that is possible. */
export async function toPNG(svg: string, width: number, height: number): Promise<Blob> {
  const scale = Math.min(2, mostPixels / width, mostPixels / height);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) {
        resolve(blob);
      } else {
        reject(new Error("the picture is too large"));
      }
    }, "image/png");
  });
}

/** Has the browser save a file. */
export function save(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 10_000);
}
