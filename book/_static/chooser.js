/* A comparison that the reader chooses. It reads the tables of the page (figure.fs-choice), which
   hold nothing that is not shown, and draws the chosen municipalities as shares with 95 % Wilson
   intervals or as a funnel with exact binomial limits around the share of all that is shown, as
   fremskudt.analysis.intervals and fremskudt.analysis.funnel have them. Nothing is sent. */
"use strict";

(() => {
  const PAUSE = 700; // ms: what is said aloud waits until the reader has stopped choosing
  const NORMAL_97_5 = 1.959963984540054;
  const SVG = "http://www.w3.org/2000/svg";
  const LINE = 15; // pixels between two names in the funnel
  const CHARACTER = 6.9;
  const NAMED = 12; // points that are all named; of more only those beyond a limit

  const number = (value, digits = 0) =>
    new Intl.NumberFormat("da-DK", {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(Number(value.toFixed(7)));
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  /* What the package computes too. */
  const wilson = (count, n) => {
    const z2 = NORMAL_97_5 ** 2;
    const share = count / n;
    const scale = 1 + z2 / n;
    const centre = (share + z2 / (2 * n)) / scale;
    const half =
      (NORMAL_97_5 * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n))) / scale;
    return [count === 0 ? 0 : centre - half, count === n ? 1 : centre + half];
  };
  const logFactorials = [0];
  const logFactorial = (n) => {
    for (let i = logFactorials.length; i <= n; i += 1) {
      logFactorials.push(logFactorials[i - 1] + Math.log(i));
    }
    return logFactorials[n];
  };
  const limits = (share, n, level) => {
    if (share === 0 || share === 1) return [n * share, n * share];
    const chance = (x) =>
      Math.exp(
        logFactorial(n) - logFactorial(x) - logFactorial(n - x)
          + x * Math.log(share) + (n - x) * Math.log(1 - share),
      );
    const beyond = (chanceOf) => {
      let total = 0;
      for (let x = 0; x <= n; x += 1) {
        total += chanceOf(x);
        if (total > (1 - level) / 2) return x;
      }
      return n;
    };
    return [beyond(chance), n - beyond((x) => chance(n - x))];
  };

  /* The tables of the page: measures with phases, and a count and n of each municipality. */
  const FRACTION = /^([\d.]+) af ([\d.]+)/;
  const whole = (digits) => Number(digits.replaceAll(".", ""));
  const read = (figure, words) => {
    const [, ...heads] = figure.querySelectorAll("thead th");
    const phases = heads.slice(0, -1).map((head) => head.textContent);
    const places = [...figure.querySelectorAll("tbody tr")].map((row) => {
      const cells = [...row.querySelectorAll("td")];
      return {
        name: row.querySelector("th").textContent,
        isConstructed: cells.at(-1).textContent.includes(words.constructed),
        phases: cells.slice(0, -1).map((cell) => {
          const found = FRACTION.exec(cell.textContent);
          if (!found) return null;
          const [count, n] = [whole(found[1]), whole(found[2])];
          const [low, high] = wilson(count, n);
          return { count, n, low, high, share: count / n };
        }),
      };
    });
    const text = (css) => figure.querySelector(css).textContent;
    return { id: figure.id, title: text(".fs-title"), unit: text(".fs-subtitle"), phases, places };
  };

  const start = (block) => {
    const words = JSON.parse(block.querySelector('script[type="application/json"]').textContent);
    const measures = [...document.querySelectorAll("figure.fs-choice")].map((f) => read(f, words));
    if (!measures.length) return;
    const find = (css) => block.querySelector(css);
    const select = (name) => find(`select[data-choose="${name}"]`);
    const [measure, phase, view, order] = ["measure", "phase", "view", "order"].map(select);
    const list = find(".fs-choose-places ul");
    const names = measures[0].places.map((one) => one.name);
    const percent = (share, digits = 0) =>
      fill(words.percent, { n: number(100 * share, digits) });
    const levelText = (level) => percent(level, level === words.levels[0] ? 0 : 1);

    const make = (tag, css, text, parent) => {
      const made = document.createElement(tag);
      if (css) made.className = css;
      if (text) made.textContent = text;
      parent?.append(made);
      return made;
    };
    const draw = (tag, attributes, parent, text) => {
      const made = document.createElementNS(SVG, tag);
      for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
      if (text) made.textContent = text;
      parent.append(made);
      return made;
    };

    /* What can be chosen. */
    measures.forEach((one, i) => measure.append(new Option(one.title, String(i))));
    const boxes = names.map((name) => {
      const label = make("label", "", "", make("li", "", "", list));
      const box = make("input", "", "", label);
      box.type = "checkbox";
      box.checked = true;
      box.autocomplete = "off";
      make("span", "", name, label);
      return box;
    });
    const offerPhases = () => {
      const kept = phase.selectedOptions[0]?.textContent;
      const { phases } = measures[measure.value];
      const last = phases.includes(kept) ? phases.indexOf(kept) : phases.length - 1;
      phase.replaceChildren(...phases.map((name, i) => new Option(name, String(i))));
      phase.value = String(last);
    };

    /* The table: names, counts, intervals, and where they stand. */
    const track = (one, isConstructed, common) => {
      const line = make("span", "fs-choose-track");
      line.setAttribute("aria-hidden", "true");
      const parts = { low: one.low, high: one.high, share: one.share, common };
      for (const [name, value] of Object.entries(parts)) {
        line.style.setProperty(`--${name}`, `${(100 * value).toFixed(3)}%`);
      }
      make("span", "fs-choose-common", "", line);
      make("span", "fs-choose-interval", "", line);
      make("span", isConstructed ? "fs-choose-dot fs-open" : "fs-choose-dot", "", line);
      return line;
    };
    const standing = (one, common) => {
      const beyond = words.levels.filter((level) => {
        const [low, high] = limits(common, one.n, level);
        return one.count < low || one.count > high;
      });
      return beyond.length ? Math.max(...beyond) : 0;
    };
    const standingText = (level) =>
      level ? fill(words.beyond, { level: levelText(level) }) : words.within;
    const showRow = (body, one, common) => {
      const row = make("tr", "", "", body);
      const name = make("th", "", one.name, row);
      name.scope = "row";
      const share = `${number(one.count)} af ${number(one.n)} (${percent(one.share)})`;
      make("td", "fs-num", share, row);
      make("td", "fs-choose-axis", "", row).append(track(one, one.isConstructed, common));
      const ends = [one.low, one.high].map((end) => number(100 * end)).join("–");
      make("td", "fs-num", fill(words.percent, { n: ends }), row);
      make("td", "fs-choose-standing", standingText(one.level), row);
    };

    /* The funnel. */
    const picture = find(".fs-choose-picture");
    /* Names beside their points, none on another name or point; one without room is left out. */
    const placed = (points, right, top, bottom) => {
      const taken = points.map(({ x, y }) => [x - 6, y - 6, x + 6, y + 6]);
      const isFree = ([x, y, x2, y2]) => x >= 0 && x2 <= right && y >= top && y2 <= bottom
        && !taken.some((one) => x < one[2] && one[0] < x2 && y < one[3] && one[1] < y2);
      const found = [];
      for (const { one, x, y } of points) {
        const size = one.name.length * CHARACTER;
        const boxes = [0, -1, 1, -2, 2].flatMap((step) => [x + 10, x - 10 - size].map((from) => {
          const middle = y + step * LINE;
          return [from, middle - LINE / 2, from + size, middle + LINE / 2];
        }));
        const box = boxes.find(isFree);
        if (!box) continue;
        taken.push(box);
        found.push({ name: one.name, x: box[0], y: box[3] - 3 });
      }
      return found;
    };
    const showFunnel = (shown, common) => {
      const width = Math.max(280, Math.min(picture.clientWidth, 860));
      const height = Math.round(Math.min(460, Math.max(320, width * 0.6)));
      const [left, right, top, bottom] = [46, width - 12, 12, height - 46];
      const most = Math.max(10, ...shown.map((one) => one.n)) * 1.08;
      const x = (n) => left + (n / most) * (right - left);
      const y = (share) => bottom - share * (bottom - top);
      const beyond = shown.filter((one) => one.level).length;
      const svg = draw("svg", {
        viewBox: `0 0 ${width} ${height}`, width, height, role: "img",
        "aria-label": fill(words.funnel, { count: shown.length, beyond }),
      }, picture);
      const text = (at, up, said, anchor = "start", ink = "muted") =>
        draw("text", {
          x: at, y: up, "text-anchor": anchor, "font-size": "14px", fill: `var(--fs-${ink})`,
        }, svg, said);
      for (const share of [0, 0.25, 0.5, 0.75, 1]) {
        draw("line", {
          x1: left, x2: right, y1: y(share), y2: y(share), stroke: "var(--fs-line)",
        }, svg);
        text(left - 6, y(share) + 5, percent(share), "end");
      }
      const power = 10 ** Math.floor(Math.log10(most / 4));
      const step = [1, 2, 5, 10].map((one) => one * power).find((one) => most / one <= 6);
      for (let n = 0; n <= most; n += step) text(x(n), bottom + 18, number(n), "middle");
      text(right, bottom + 38, words.citizens, "end");

      const last = Math.floor(most);
      const stride = Math.max(1, Math.round(last / 250));
      words.levels.forEach((level, i) => {
        for (const side of [0, 1]) {
          const points = [];
          for (let n = 1; n <= last; n += stride) {
            points.push(`${x(n).toFixed(1)},${y(limits(common, n, level)[side] / n).toFixed(1)}`);
          }
          draw("polyline", {
            points: points.join(" "), fill: "none", stroke: "var(--fs-rule)", "stroke-width": 1.5,
            "stroke-dasharray": i ? "none" : "5,4",
          }, svg);
        }
      });
      draw("line", {
        x1: left, x2: right, y1: y(common), y2: y(common), stroke: "var(--fs-text)",
        "stroke-width": 2,
      }, svg);

      const named = shown.filter((one) => shown.length <= NAMED || one.level);
      const points = named.map((one) => ({ one, x: x(one.n), y: y(one.share) }));
      for (const name of placed(points, width, 0, bottom)) {
        draw("text", {
          x: name.x, y: name.y, "font-size": "14px", fill: "var(--fs-text)",
          stroke: "var(--fs-bg)", "stroke-width": 4, "paint-order": "stroke",
          "stroke-linejoin": "round",
        }, svg, name.name);
      }
      for (const one of shown) {
        const ink = one.level ? "var(--fs-focus)" : "var(--fs-single)";
        const dot = draw("circle", {
          cx: x(one.n), cy: y(one.share), r: one.level ? 6.5 : 5, stroke: ink, "stroke-width": 2.5,
          fill: one.isConstructed ? "var(--fs-bg)" : ink,
        }, svg);
        draw("title", {}, dot, `${one.name}: ${number(one.count)} af ${number(one.n)}`);
      }
      const legend = make("ul", "fs-legend", "", picture);
      const entry = (dashes, weight, said) => {
        const item = make("li", "", "", legend);
        const key = draw("svg", {
          width: 30, height: 12, class: "fs-swatch-line", "aria-hidden": "true",
        }, item);
        draw("line", {
          x1: 0, x2: 30, y1: 6, y2: 6, "stroke-width": weight, "stroke-dasharray": dashes,
          stroke: weight === 2 ? "var(--fs-text)" : "var(--fs-rule)",
        }, key);
        item.append(said);
      };
      entry("none", 2, fill(words.common, { share: number(100 * common) }));
      words.levels.forEach((level, i) =>
        entry(i ? "none" : "5,4", 1.5, fill(words.limit, { level: levelText(level) })));
    };

    /* All of it. */
    const status = block.querySelector(':scope > [role="status"]');
    const result = find(".fs-choose-result");
    const files = make("a", "", words.files, make("p", "fs-note", "", result));
    let waiting = 0;
    const show = () => {
      const { id, title, unit, phases, places } = measures[measure.value];
      files.href = `#${id}`;
      const at = Number(phase.value);
      const known = places.map((one) => ({ ...one, ...one.phases[at], isShown: one.phases[at] }));
      const all = known.filter((one) => one.isShown);
      const count = all.reduce((sum, one) => sum + one.count, 0);
      const common = count / all.reduce((sum, one) => sum + one.n, 0);
      const wanted = new Set(names.filter((_, i) => boxes[i].checked));
      const shown = all
        .filter((one) => wanted.has(one.name))
        .map((one) => ({ ...one, level: standing(one, common) }));
      const isByValue = order.value === "value";
      if (isByValue) shown.sort((a, b) => b.share - a.share);
      const isFunnel = view.value === "funnel";

      const inside = phases[at].charAt(0).toLowerCase() + phases[at].slice(1);
      const said = fill(words.title, { measure: title, phase: inside });
      find(".fs-choose-result .fs-title").textContent = said;
      const ofAll = all.length ? fill(words.common, { share: number(100 * common) }) : "";
      find(".fs-choose-unit").textContent = [unit, ofAll].filter(Boolean).join(". ");
      result.querySelector("caption").textContent = said;
      result.querySelector("aside").hidden = !isByValue;
      for (const note of result.querySelectorAll("[data-view]")) {
        note.hidden = note.dataset.view !== view.value || !shown.length;
      }
      picture.replaceChildren();
      const table = result.querySelector("table");
      table.hidden = !shown.length;
      table.classList.toggle("is-funnel", isFunnel);
      const body = table.tBodies[0];
      body.replaceChildren();
      shown.forEach((one) => showRow(body, one, common));
      if (isFunnel && shown.length) showFunnel(shown, common);

      const absent = known.filter((one) => !one.isShown && wanted.has(one.name));
      const hidden = find(".fs-choose-hidden");
      const listed = absent.map((one) => one.name);
      const told = absent.length
        ? fill(words.hidden, {
          names: [listed.slice(0, -1).join(", "), ...listed.slice(-1)].filter(Boolean).join(words.and),
        })
        : "";
      hidden.textContent = [told, shown.length ? "" : words.nobody].filter(Boolean).join(" ");
      hidden.hidden = !hidden.textContent;
      const chosen = fill(words.number_of, { chosen: wanted.size, all: names.length });
      find(".fs-choose-count").textContent = chosen;
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        const caveat = isByValue ? result.querySelector("aside").textContent.trim() : "";
        status.textContent = [`${said}. ${chosen}.`, caveat, hidden.textContent].join(" ").trim();
      }, PAUSE);
    };

    /* The reader. */
    measure.addEventListener("change", () => {
      offerPhases();
      show();
    });
    for (const one of [phase, view, order, list]) one.addEventListener("change", show);
    const search = find(".fs-choose-search input");
    search.parentElement.hidden = names.length <= words.searched;
    const isSought = (i) => names[i].toLocaleLowerCase("da").includes(
      search.value.trim().toLocaleLowerCase("da"));
    search.addEventListener("input", () => {
      boxes.forEach((box, i) => { box.closest("li").hidden = !isSought(i); });
    });
    for (const [name, value] of [["all", true], ["none", false]]) {
      find(`button[data-choose="${name}"]`).addEventListener("click", () => {
        boxes.forEach((box) => { box.checked = value; });
        show();
      });
    }
    let width = 0;
    new ResizeObserver(() => {
      if (picture.clientWidth === width) return;
      width = picture.clientWidth;
      if (view.value === "funnel") show();
    }).observe(picture);

    offerPhases();
    find(".fs-choose-static").hidden = true;
    find(".fs-choose-inputs").hidden = false;
    result.hidden = false;
    show();
    block.classList.add("is-live");
  };

  document.querySelectorAll(".fs-chooser").forEach(start);
})();
