/* Figures in use: from mark to mark with pointer, finger and keys; pictures and references to
   take along. Every word comes from the figure itself, every number from its folded table. */
"use strict";

(() => {
  const words = JSON.parse(document.getElementById("interface-words").textContent).figures;
  const SVG = "http://www.w3.org/2000/svg";
  const NEAR = 40; // pixels from the pointer to the mark that it means

  const made = (tag, attributes, ...inside) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...inside);
    return element;
  };
  const drawn = (tag, attributes) => {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const textOf = (element) => element?.textContent.replace(/\s+/g, " ").trim() ?? "";

  /* --- From mark to mark --------------------------------------------------------------- */

  /* The places of a chart that one can go to: each with lines of the table, the marks that show
     them, and a box around these. Marks of the same lines are one place; a curve has one for each
     of its points. */
  const placesOf = (svg) => {
    const found = new Map();
    const at = (key) => {
      if (!found.has(key)) found.set(key, { lines: key.split(" ").map(Number), marks: [], dots: [] });
      return found.get(key);
    };
    for (const mark of svg.querySelectorAll("[data-r]")) {
      if (mark.tagName === "polyline") {
        [...mark.points].forEach((point, step) => {
          const place = at(String(Number(mark.dataset.r) + step));
          place.dots.push([point.x, point.y]);
        });
      } else at(mark.dataset.r).marks.push(mark);
    }
    const places = [...found.values()];
    for (const place of places) place.box = boxOf(place, svg);
    // As they are read: lines of bars from above, in a line from the left.
    return places.sort((a, b) => {
      const down = a.box.y + a.box.height - b.box.y - b.box.height;
      return Math.abs(down) > 2 && !a.dots.length ? down : a.box.x - b.box.x;
    });
  };

  const boxOf = ({ marks, dots }, svg) => {
    if (dots.length) {
      const { height } = svg.viewBox.baseVal;
      return { x: dots[0][0] - 3, y: 0, width: 6, height };
    }
    const boxes = marks.map((mark) => mark.getBBox());
    const x = Math.min(...boxes.map((box) => box.x));
    const y = Math.min(...boxes.map((box) => box.y));
    return {
      x,
      y,
      width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
      height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
    };
  };

  /* A line of the folded table: its head, and what stands under each heading. */
  const linesOf = (table) => {
    const heads = [...table.tHead.rows[0].cells].map(textOf);
    return [...table.tBodies[0].rows].map((row) => {
      const cells = [...row.cells].map(textOf);
      const pairs = heads.map((head, place) => [head, cells[place]]).slice(1);
      return { head: cells[0], pairs: pairs.filter(([, cell]) => cell) };
    });
  };
  const spoken = (lines) =>
    lines.map(({ head, pairs }) => [head, ...pairs.map((pair) => pair.join(": "))].join(". "))
      .join(". ");

  const explore = (chart, figure, table) => {
    const svg = chart.querySelector("svg[role=img]");
    if (!svg?.querySelector("[data-r]")) return;
    const tip = made("div", { class: "fs-tip", hidden: "", "aria-hidden": "true" });
    const light = drawn("g", { class: "fs-light" });
    const walk = made("div", {
      class: "fs-walk",
      role: "slider",
      tabindex: "0",
      "aria-label": `${words.walk}: ${textOf(figure.querySelector(".fs-title"))}`,
      "aria-valuemin": "1",
      "aria-valuemax": "1",
      "aria-valuenow": "1",
      "aria-valuetext": words.how,
    });
    let lines = [];
    let places = null;
    let here = -1;

    // Only what is shown can be measured, and of two drawings one is.
    const prepare = () => {
      if (places) return;
      lines = linesOf(table);
      places = placesOf(svg);
      walk.setAttribute("aria-valuemax", String(places.length));
    };
    const hide = () => {
      tip.hidden = true;
      light.replaceChildren();
      svg.classList.remove("fs-lit");
      for (const mark of svg.querySelectorAll(".fs-kin")) mark.classList.remove("fs-kin");
    };
    const show = (place) => {
      prepare();
      if (place === here && !tip.hidden) return;
      here = place;
      const { lines: shown, marks, dots, box } = places[here];
      const told = shown.map((line) => lines[line]).filter(Boolean);
      hide();
      tip.replaceChildren(
        ...told.map(({ head, pairs }) =>
          made(
            "dl",
            {},
            made("dt", { class: "fs-tip-head" }, head),
            ...pairs.map(([name, cell]) =>
              made("div", {}, made("dt", {}, name), made("dd", {}, cell)),
            ),
          ),
        ),
      );
      walk.setAttribute("aria-valuenow", String(here + 1));
      walk.setAttribute("aria-valuetext", spoken(told));
      const heads = new Set(told.map(({ head }) => head));
      for (const one of places) {
        if (one.lines.some((line) => heads.has(lines[line]?.head))) {
          for (const mark of one.marks) mark.classList.add("fs-kin");
        }
      }
      svg.classList.toggle("fs-lit", marks.length > 0);
      if (dots.length) {
        const { x, y, width, height } = box;
        const middle = x + width / 2;
        light.append(drawn("line", { x1: middle, x2: middle, y1: y, y2: y + height }));
        for (const [cx, cy] of dots) light.append(drawn("circle", { cx, cy, r: 5 }));
      } else {
        const { x, y, width, height } = box;
        light.append(
          drawn("rect", { x: x - 2, y: y - 2, width: width + 4, height: height + 4, rx: 2 }),
        );
      }
      tip.hidden = false;
      settle(box);
    };
    /* Over the mark where there is room on the screen, else under it; beside what is as high as
       the chart, on the side with more room. Never beside the page. */
    const settle = (box) => {
      const frame = chart.getBoundingClientRect();
      const picture = svg.getBoundingClientRect();
      const { width, height } = svg.viewBox.baseVal;
      const scale = picture.width / width;
      const widest = document.documentElement.clientWidth;
      const middle = box.x + box.width / 2;
      const isTall = box.height > height / 2;
      let left = middle * scale - tip.offsetWidth / 2;
      let top = box.y * scale - tip.offsetHeight;
      if (isTall) {
        left = middle < width / 2 ? (middle + 12) * scale : (middle - 12) * scale - tip.offsetWidth;
        top = 8;
      } else if (picture.top + top < 0) top = (box.y + box.height) * scale;
      left = Math.max(4, Math.min(left + picture.left, widest - tip.offsetWidth - 4));
      tip.style.left = `${left - frame.left}px`;
      tip.style.top = `${top + picture.top - frame.top}px`;
    };

    const nearest = (event) => {
      prepare();
      const picture = svg.getBoundingClientRect();
      const scale = picture.width / svg.viewBox.baseVal.width;
      const x = (event.clientX - picture.left) / scale;
      const y = (event.clientY - picture.top) / scale;
      const away = places.map(({ box }) =>
        Math.hypot(
          Math.max(box.x - x, 0, x - box.x - box.width),
          Math.max(box.y - y, 0, y - box.y - box.height),
        ),
      );
      const least = Math.min(...away);
      return least * scale <= NEAR ? away.indexOf(least) : -1;
    };
    const point = (event) => {
      if (tip.contains(event.target)) return;
      const place = nearest(event);
      if (place >= 0) show(place);
    };
    chart.addEventListener("pointermove", point);
    chart.addEventListener("pointerdown", point);
    chart.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse" && document.activeElement !== walk) hide();
    });
    document.addEventListener("pointerdown", (event) => {
      if (!chart.contains(event.target)) hide();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") hide();
    });
    const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    walk.addEventListener("keydown", (event) => {
      prepare();
      const last = places.length - 1;
      if (event.key in STEPS) show(Math.max(0, Math.min(last, here + STEPS[event.key])));
      else if (event.key === "Home") show(0);
      else if (event.key === "End") show(last);
      else return;
      event.preventDefault();
    });
    walk.addEventListener("focus", prepare);
    walk.addEventListener("blur", hide);
    svg.append(light);
    chart.classList.add("fs-alive");
    chart.append(walk, tip);
  };

  /* --- A reference ---------------------------------------------------------------------- */

  const numberOf = (figure) => textOf(figure.querySelector(".fs-number"));
  const nameOf = (figure) => {
    const name = textOf(figure.querySelector(".fs-title, caption")).replace(/\.$/, "");
    return name.replace(`${numberOf(figure)} `, ""); // a table's caption begins with its number
  };
  const addressOf = (figure) => {
    const canonical = document.querySelector("link[rel=canonical]")?.href;
    const isServed = location.protocol.startsWith("http");
    const page = canonical ?? (isServed ? location.href.split(/[?#]/)[0] : words.page);
    const id = figure.id || figure.querySelector("table[id]")?.id;
    return id ? `${page}#${id}` : page;
  };
  const originsOf = (figure) => [...new Set([...figure.querySelectorAll(".fs-origin")].map(textOf))];
  const sourceOf = (figure) => textOf(figure.querySelector(".fs-meta"));

  /* Where it stands, which numbers they are, and that constructed ones are no findings. */
  const referenceTo = (figure) => {
    const title = textOf(document.querySelector("h1"));
    const number = numberOf(figure);
    const origins = originsOf(figure);
    return [
      `${words.author}: «${nameOf(figure)}»${number ? `, ${number.toLowerCase()}` : ""} i «${title}».`,
      `${words.book}, version ${words.version}.`,
      addressOf(figure),
      sourceOf(figure) ? `${sourceOf(figure)}.` : "",
      origins.includes(words.constructed) ? words.warning : "",
    ].filter(Boolean).join(" ");
  };

  const copyReference = async (button, figure, status) => {
    const text = referenceTo(figure);
    try {
      await navigator.clipboard.writeText(text);
      status.textContent = words.copied;
    } catch {
      figure.querySelector(".fs-cite")?.remove();
      const area = made("textarea", { class: "fs-cite", readonly: "", rows: "5" }, text);
      area.setAttribute("aria-label", words.cite);
      button.closest(".fs-use").append(area);
      area.focus();
      area.select();
      status.textContent = words.selected;
    }
  };

  /* --- The row of tools ----------------------------------------------------------------- */

  for (const tools of document.querySelectorAll("figure[data-table] .fs-use")) {
    const figure = tools.closest("figure");
    const table = figure.querySelector(".fs-data table");
    if (table) {
      for (const chart of figure.querySelectorAll(".fs-chart")) explore(chart, figure, table);
    }
    const status = made("span", { class: "fs-status", role: "status" });
    const tool = (label, act, kind = "fs-tool") => {
      const button = made("button", { type: "button", class: kind }, label);
      button.addEventListener("click", () => act(button));
      tools.append(button);
    };
    if (figure.querySelector(".fs-chart svg") && window.figurePicture) {
      const about = () => ({
        address: addressOf(figure),
        lines: [
          originsOf(figure).includes(words.constructed) ? words.warning : "",
          `«${textOf(document.querySelector("h1"))}» i ${words.book}, version ${words.version}`,
        ],
        number: numberOf(figure),
      });
      const file = "fs-tool fs-tool-file";
      tool(words.svg, () => window.figurePicture.saveSvg(figure, about()), file);
      tool(words.png, () => window.figurePicture.savePng(figure, about()), file);
    }
    tool(words.cite, (button) => copyReference(button, figure, status));
    tools.append(status);
  }
})();
