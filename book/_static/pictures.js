/* A figure as a picture to take along: SVG or PNG with its title, legend, notes, source, origin,
   version and address in it. Drawn from the page's own drawing and in the colours of a light page,
   so that nothing is fetched and no number is added. */
"use strict";

(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const EDGE = 24;
  const WIDTH = 690; // of the drawing for wide pages
  const SCALE = 2; // of a PNG, so that it is sharp in print
  const FAMILY = "'Source Sans 3', 'Segoe UI', Arial, sans-serif";
  const INK = { page: "#ffffff", text: "#16202a", muted: "#4b5864", line: "#6f7d88" };
  const TOKEN = /var\((--fs-[\w-]+),\s*(#[0-9a-f]{6})\)/i;
  const DRAWN = ["rect", "line", "polyline", "circle", "text"];

  const textOf = (element) => element?.textContent.replace(/\s+/g, " ").trim() ?? "";
  const pen = document.createElement("canvas").getContext("2d");
  const fontOf = ({ size, weight }) => `${weight} ${size}px ${FAMILY}`;

  /* The light values of the tokens, as the drawings of the page name them. */
  const lightOf = () => {
    const found = new Map();
    for (const element of document.querySelectorAll("svg [fill], svg [stroke]")) {
      for (const name of ["fill", "stroke"]) {
        const token = TOKEN.exec(element.getAttribute(name) ?? "");
        if (token) found.set(token[1], token[2]);
      }
    }
    return found;
  };
  const colour = (value, light) => {
    if (!value || value === "none") return "none";
    const name = /var\((--fs-[\w-]+)/.exec(value)?.[1];
    return TOKEN.exec(value)?.[2] ?? (name ? light.get(name) ?? INK.muted : value);
  };

  /* The marks of a drawing, each with all that tells how it looks. */
  const marksOf = (svg, light, dx, dy) => {
    const marks = [];
    for (const element of svg.querySelectorAll(DRAWN.join(","))) {
      const parent = element.closest("g");
      if (parent?.classList.contains("fs-light")) continue;
      const of = (name) => element.getAttribute(name) ?? parent?.getAttribute(name);
      const look = {
        fill: colour(of("fill"), light),
        stroke: colour(of("stroke"), light),
        width: Number(of("stroke-width") ?? 0),
        dash: (of("stroke-dasharray") ?? "").split(/[ ,]+/).filter(Boolean).map(Number),
      };
      const n = (name) => Number(element.getAttribute(name) ?? 0);
      const at = (x, y) => [x + dx, y + dy];
      if (element.tagName === "rect") {
        const [x, y] = at(n("x"), n("y"));
        marks.push({ kind: "rect", x, y, w: n("width"), h: n("height"), ...look });
      } else if (element.tagName === "line") {
        const points = [at(n("x1"), n("y1")), at(n("x2"), n("y2"))];
        marks.push({ kind: "path", points, ...look });
      } else if (element.tagName === "polyline") {
        marks.push({ kind: "path", points: [...element.points].map((p) => at(p.x, p.y)), ...look });
      } else if (element.tagName === "circle") {
        const [x, y] = at(n("cx"), n("cy"));
        marks.push({ kind: "circle", x, y, r: n("r"), ...look });
      } else {
        const spans = element.querySelectorAll("tspan");
        let [x, y] = at(n("x"), n("y"));
        for (const line of spans.length ? spans : [element]) {
          y += Number(line.getAttribute("dy") ?? 0) * (line === element ? 0 : 1);
          marks.push({
            kind: "text",
            x,
            y,
            text: line.textContent,
            fill: look.fill,
            size: parseFloat(of("font-size") ?? "14"),
            weight: of("font-weight") ?? "400",
            anchor: of("text-anchor") ?? "start",
          });
        }
      }
    }
    return marks;
  };

  /* Words over as many lines as they need; returns the place under them. */
  const write = (marks, words, y, { size, weight = "400", fill = INK.text }) => {
    if (!words) return y;
    pen.font = fontOf({ size, weight });
    const lines = [""];
    for (const word of words.split(" ")) {
      const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
      if (lines.at(-1) && pen.measureText(longer).width > WIDTH) lines.push(word);
      else lines[lines.length - 1] = longer;
    }
    for (const text of lines) {
      y += Math.round(size * 1.35);
      marks.push({ kind: "text", x: EDGE, y, text, fill, size, weight, anchor: "start" });
    }
    return y;
  };

  const legend = (marks, figure, light, y) => {
    const entries = [...figure.querySelectorAll(".fs-legend li")];
    if (!entries.length) return y;
    let x = EDGE;
    y += 26;
    pen.font = fontOf({ size: 14, weight: "400" });
    for (const entry of entries) {
      const text = textOf(entry);
      const wide = 36 + pen.measureText(text).width;
      if (x > EDGE && x + wide > EDGE + WIDTH) {
        x = EDGE;
        y += 22;
      }
      const line = entry.querySelector("svg");
      const swatch = entry.querySelector(".fs-swatch");
      if (line) marks.push(...marksOf(line, light, x - 4, y - 11));
      else {
        const tone = [...swatch.classList].find((name) => name.startsWith("fs-tone-"));
        const value = light.get(tone.replace("fs-tone-", "--fs-")) ?? INK.muted;
        const isOutline = swatch.classList.contains("fs-swatch-outline");
        const look = isOutline
          ? { fill: INK.page, stroke: value, width: 2 }
          : { fill: value, stroke: "none", width: 0 };
        marks.push({ kind: "rect", x: x + 1, y: y - 12, w: 13, h: 13, dash: [], ...look });
      }
      const start = x + (line ? 32 : 20);
      marks.push({
        kind: "text", x: start, y, text, fill: INK.text, size: 14, weight: "400", anchor: "start",
      });
      x = start + pen.measureText(text).width + 20;
    }
    return y;
  };

  /* All marks of the picture, and its size. */
  const pictureOf = (figure, about) => {
    const light = lightOf();
    const svg = figure.querySelector(".fs-wide svg") ?? figure.querySelector(".fs-chart svg");
    const { height } = svg.viewBox.baseVal;
    const marks = [];
    const title = [about.number, textOf(figure.querySelector(".fs-title"))].filter(Boolean);
    let y = write(marks, title.join(". "), EDGE - 6, { size: 20, weight: "600" });
    y = write(marks, textOf(figure.querySelector(".fs-subtitle")), y, { size: 15, fill: INK.muted });
    y = legend(marks, figure, light, y) + 16;
    marks.push(...marksOf(svg, light, EDGE, y));
    y += height + 6;
    const small = { size: 13, fill: INK.muted };
    const said = [".fs-note", ".fs-meta"].map((name) => textOf(figure.querySelector(name)));
    for (const words of [...said, ...about.lines, about.address]) y = write(marks, words, y, small);
    return { marks, width: WIDTH + 2 * EDGE, height: y + EDGE };
  };

  const escaped = (text) =>
    text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
  const round = (value) => Math.round(value * 100) / 100;

  const svgOf = ({ marks, width, height }) => {
    const one = (mark) => {
      const dash = mark.dash?.length ? ` stroke-dasharray="${mark.dash.join(",")}"` : "";
      const stroke = mark.stroke && mark.stroke !== "none"
        ? ` stroke="${mark.stroke}" stroke-width="${mark.width}"${dash}` : "";
      const fill = ` fill="${mark.kind === "path" ? "none" : mark.fill}"`;
      if (mark.kind === "rect") {
        return `<rect x="${round(mark.x)}" y="${round(mark.y)}" width="${round(mark.w)}" height="${round(mark.h)}"${fill}${stroke}/>`;
      }
      if (mark.kind === "circle") {
        return `<circle cx="${round(mark.x)}" cy="${round(mark.y)}" r="${mark.r}"${fill}${stroke}/>`;
      }
      if (mark.kind === "path") {
        const points = mark.points.map((point) => point.map(round).join(",")).join(" ");
        return `<polyline points="${points}" stroke-linejoin="round"${fill}${stroke}/>`;
      }
      const look = `font-size="${mark.size}" font-weight="${mark.weight}" text-anchor="${mark.anchor}"`;
      return `<text x="${round(mark.x)}" y="${round(mark.y)}" ${look}${fill}>${escaped(mark.text)}</text>`;
    };
    const title = marks.find((mark) => mark.kind === "text")?.text ?? "";
    return (
      `<svg xmlns="${SVG}" role="img" width="${width}" height="${height}" ` +
      `viewBox="0 0 ${width} ${height}" font-family="${FAMILY}"><title>${escaped(title)}</title>\n` +
      `<rect width="${width}" height="${height}" fill="${INK.page}"/>\n` +
      `${marks.map(one).join("\n")}\n</svg>\n`
    );
  };

  const canvasOf = ({ marks, width, height }) => {
    const canvas = document.createElement("canvas");
    canvas.width = width * SCALE;
    canvas.height = Math.ceil(height * SCALE);
    const brush = canvas.getContext("2d");
    brush.scale(SCALE, SCALE);
    brush.fillStyle = INK.page;
    brush.fillRect(0, 0, width, height);
    brush.lineJoin = "round";
    for (const mark of marks) {
      brush.beginPath();
      if (mark.kind === "rect") brush.rect(mark.x, mark.y, mark.w, mark.h);
      else if (mark.kind === "circle") brush.arc(mark.x, mark.y, mark.r, 0, 2 * Math.PI);
      else if (mark.kind === "path") mark.points.forEach(([x, y]) => brush.lineTo(x, y));
      else {
        brush.font = fontOf(mark);
        brush.textAlign = { start: "left", middle: "center", end: "right" }[mark.anchor];
        brush.fillStyle = mark.fill;
        brush.fillText(mark.text, mark.x, mark.y);
        continue;
      }
      if (mark.kind !== "path" && mark.fill !== "none") {
        brush.fillStyle = mark.fill;
        brush.fill();
      }
      if (mark.stroke !== "none" && mark.width) {
        brush.strokeStyle = mark.stroke;
        brush.lineWidth = mark.width;
        brush.setLineDash(mark.dash);
        brush.stroke();
      }
    }
    return canvas;
  };

  const save = (blob, figure, suffix) => {
    const file = figure.querySelector(".fs-download")?.getAttribute("href") ?? `${figure.id}.csv`;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = file.split("/").at(-1).replace(/\.csv$/, suffix);
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };

  window.figurePicture = {
    saveSvg: (figure, about) =>
      save(new Blob([svgOf(pictureOf(figure, about))], { type: "image/svg+xml" }), figure, ".svg"),
    savePng: async (figure, about) => {
      await document.fonts.ready;
      canvasOf(pictureOf(figure, about)).toBlob((blob) => save(blob, figure, ".png"));
    },
  };
})();
