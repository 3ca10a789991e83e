/* The calculator of the economics chapters. Kroner of a payer:

     cases · (strength · avoided − added − [the municipality] cost per case)

   as fremskudt.analysis.economics.calculator has it, over the same rows. The numbers and the
   words come with the page; what the reader sets stays in the page and is sent nowhere. */
"use strict";

(() => {
  const PAUSE = 900; // ms: what is said aloud waits until the reader has stopped moving
  const MINUS = "\u2212";

  const plain = [0, 1].map((digits) => new Intl.NumberFormat("da-DK", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }));
  /* As presentation.numbers writes it: half up after seven decimals, a real minus, no −0. */
  const number = (value, digits = 0) => {
    const text = plain[digits].format(Math.abs(Number(value.toFixed(7))));
    return value < 0 && /[1-9]/.test(text) ? MINUS + text : text;
  };
  const signOf = (value) => (/[1-9]/.test(number(value)) ? Math.sign(value) : 0);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const upperFirst = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  /* "10.404", "10404", "10 404 kr." and "3,5" are numbers; anything else is null. */
  const read = (typed) => {
    const bare = typed.replace(/\s|kr\.?|%|sager?/gi, "").replace(MINUS, "-");
    if (/^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(bare)) {
      return Number(bare.replaceAll(".", "").replace(",", "."));
    }
    return /^-?\d+([.,]\d+)?$/.test(bare) ? Number(bare.replace(",", ".")) : null;
  };

  const start = (block) => {
    const data = JSON.parse(block.querySelector('script[type="application/json"]').textContent);
    const { words, entries, payers } = data;
    const keys = Object.keys(entries);
    const own = Object.fromEntries(keys.map((key) => [key, entries[key].start]));
    const state = { ...own };

    const digits = (value) => number(value, Number.isInteger(value) ? 0 : 1);
    const kroner = (value) => fill(words.kroner, { n: number(value) });
    const percent = (value) => fill(words.percent, { n: digits(value) });
    const casesText = (n) => fill(n === 1 ? words.one_case : words.cases, { n: number(n) });
    const listed = (names) =>
      [names.slice(0, -1).join(", "), ...names.slice(-1)].filter(Boolean).join(words.and);
    const shownAs = { cases: casesText, cost: kroner, strength: percent, rate: percent };

    /* The calculation. */
    const gains = ({ cases, cost, strength, rate }) => {
      const [avoided, added] = data.rates[String(rate)];
      const gain = payers.map((payer, i) => {
        const paid = payer === "municipality" ? cost : 0;
        return cases * ((strength / 100) * avoided[i] - added[i] - paid);
      });
      return [...gain, gain.reduce((sum, one) => sum + one, 0)]; // the last is the total
    };
    const total = (strength) => gains({ ...state, cases: 1, strength }).at(-1);
    /* The strength at which the total is zero; null where the line does not cross it. */
    const zeroAt = () => {
      const [none, full] = [total(0), total(100)];
      return none < 0 && full >= 0 ? -none / (full - none) : null;
    };

    /* The words. */
    const verdict = (gain) => {
      const sum = gain.at(-1);
      const kind = { 1: "gain", [-1]: "loss", 0: "even" }[signOf(sum)];
      const text = fill(words[kind], {
        cases: casesText(state.cases),
        amount: kroner(Math.abs(sum)),
      });
      const having = (sign) =>
        payers.filter((_, i) => signOf(gain[i]) === sign).map((payer) => data.who[payer]);
      const [gainers, losers] = [having(1), having(-1)];
      if (!gainers.length && !losers.length) return `${text}.`;
      const who = gainers.length && losers.length ? "both" : gainers.length ? "only_gain" : "only_loss";
      const names = { gainers: listed(gainers), payers: listed(losers) };
      return `${text}: ${upperFirst(fill(words[who], names))}.`;
    };
    const zeroText = () => {
      const zero = zeroAt();
      if (zero === null) return total(0) >= 0 ? words.zero_always : words.zero_never;
      return fill(words.zero_at, { share: fill(words.percent, { n: number(zero * 100, 1) }) });
    };

    /* The page. */
    const say = (name, text) => {
      block.querySelector(`[data-say="${name}"]`).textContent = text;
    };
    const element = (css, parent) => {
      const made = document.createElement("span");
      made.className = css;
      made.setAttribute("aria-hidden", "true");
      parent.append(made);
      return made;
    };
    const place = (shape, values) => {
      for (const [name, share] of Object.entries(values)) {
        shape.style.setProperty(`--${name}`, `${(100 * share).toFixed(3)}%`);
      }
    };
    const rows = [...block.querySelectorAll("[data-payer]")].map((row) => ({
      cell: (name) => row.querySelector(`[data-say="${name}"]`),
      track: element("fs-calc-track", row.querySelector(".fs-calc-bar")),
    }));
    for (const { track } of rows) {
      element("fs-calc-fill", track);
      element("fs-calc-was", track);
    }
    const fields = Object.fromEntries(keys.map((key) => {
      const field = block.querySelector(`[data-entry="${key}"]`);
      return [key, {
        text: field.querySelector('input[type="text"]'),
        slider: field.querySelector('input[type="range"]'),
        error: field.querySelector(".fs-calc-error"),
      }];
    }));
    const tick = element("fs-calc-tick", fields.strength.slider.nextElementSibling);
    tick.textContent = words.is_zero;
    const key = block.querySelector(".fs-calc-key");
    const before = gains(own);

    const showRows = (gain, each) => {
      key.hidden = gain.every((one, i) => signOf(one - before[i]) === 0);
      // The scale holds the municipality's own numbers too, so that a bar can be seen to move.
      const low = Math.min(0, ...gain, ...before);
      const size = Math.max(0, ...gain, ...before) - low || 1;
      rows.forEach(({ cell, track }, i) => {
        cell("all").textContent = kroner(gain[i]);
        cell("each").textContent = kroner(each[i]);
        const sign = { 1: "is_gain", [-1]: "is_loss", 0: "is_zero" }[signOf(gain[i])];
        cell("sign").textContent = words[sign];
        place(track, {
          zero: -low / size,
          from: (Math.min(gain[i], 0) - low) / size,
          size: Math.abs(gain[i]) / size,
          was: (before[i] - low) / size,
        });
        track.lastChild.hidden = key.hidden;
      });
    };
    const showFields = (typing) => {
      for (const key of keys) {
        const { text, slider } = fields[key];
        if (key !== typing) text.value = digits(state[key]);
        slider.value = state[key];
        slider.setAttribute("aria-valuetext", shownAs[key](state[key]));
        const { low, high } = entries[key];
        place(slider, { filled: (state[key] - low) / (high - low) });
      }
      const zero = zeroAt();
      tick.hidden = zero === null;
      tick.style.setProperty("--zero-share", zero ?? 0);
    };

    const status = block.querySelector('[role="status"]');
    let waiting = 0;
    const announce = (text) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => { status.textContent = text; }, PAUSE);
    };

    const show = (typing) => {
      const gain = gains(state);
      const text = verdict(gain);
      showRows(gain, gains({ ...state, cases: 1 }));
      showFields(typing);
      say("verdict", text);
      say("zero", zeroText());
      say("cases", casesText(state.cases));
      say("settings", fill(words.settings, {
        cases: casesText(state.cases),
        cost: kroner(state.cost),
        share: percent(state.strength),
        rate: percent(state.rate),
      }));
      return text;
    };
    const set = (values, typing) => {
      Object.assign(state, values);
      announce(show(typing));
    };

    /* The reader. */
    const complain = (key, text) => {
      const { text: input, error } = fields[key];
      error.textContent = text;
      input.toggleAttribute("data-corrected", Boolean(text));
    };
    const nearest = (key, value) => {
      const { low, high, step } = entries[key];
      const inside = Math.min(Math.max(value, low), high);
      return low + Math.round((inside - low) / step) * step;
    };
    for (const key of keys) {
      const { text, slider } = fields[key];
      slider.addEventListener("input", () => {
        complain(key, "");
        set({ [key]: nearest(key, slider.valueAsNumber) });
      });
      text.addEventListener("input", () => {
        const value = read(text.value);
        complain(key, "");
        if (value !== null && value === nearest(key, value)) set({ [key]: value }, key);
      });
      text.addEventListener("change", () => {
        const value = read(text.value);
        const kept = value === null ? state[key] : nearest(key, value);
        set({ [key]: kept });
        if (value === kept) return;
        const values = { rule: entries[key].rule, value: shownAs[key](kept) };
        complain(key, fill(words.corrected, values));
      });
    }
    const press = (name, values) => {
      block.querySelector(`[data-${name}]`).addEventListener("click", () => {
        keys.forEach((key) => complain(key, ""));
        set(values);
      });
    };
    press("reset", own);
    press("report", { ...own, ...data.report });

    show();
    block.classList.add("is-live");
    block.querySelector(".fs-calc-static").hidden = true;
    block.querySelector(".fs-calc-inputs").hidden = false;
  };

  document.querySelectorAll(".fs-calculator").forEach(start);
})();
