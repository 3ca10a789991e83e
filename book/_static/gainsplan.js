// The gains plan: differences and sums of what is typed. Nothing is stored and nothing is sent.
"use strict";

for (const form of document.querySelectorAll(".fs-gainsplan")) {
  const rows = [...form.querySelectorAll("tbody tr")];
  const message = form.querySelector(".fs-gainsplan-message");
  const number = new Intl.NumberFormat("da-DK", { maximumFractionDigits: 2 });
  const DANISH = /^[-−]?(\d+|\d{1,3}([. ]\d{3})+)(,\d+)?$/;

  // 1.234,5 is a number, an empty cell is null, anything else is NaN.
  const read = (input) => {
    const text = input.value.replace(/\s*kr\.?$/i, "").trim();
    if (!text) return null;
    if (!DANISH.test(text)) return NaN;
    return Number(text.replace("−", "-").replace(/[. ]/g, "").replace(",", "."));
  };

  const shown = (value) => (value === null ? "" : number.format(value).replace("-", "−"));

  const update = () => {
    const lines = [];
    let wrong = 0;
    for (const row of rows) {
      const [planned, realised] = ["planned", "realised"].map((name) => {
        const input = row.querySelector(`[name=${name}]`);
        const value = read(input);
        const isWrong = Number.isNaN(value);
        if (isWrong) input.setAttribute("aria-invalid", "true");
        else input.removeAttribute("aria-invalid");
        wrong += isWrong;
        return isWrong ? null : value;
      });
      const difference = planned === null || realised === null ? null : realised - planned;
      row.querySelector("[data-difference]").textContent = shown(difference);
      lines.push({ planned, realised, difference });
    }
    for (const name of ["planned", "realised", "difference"]) {
      const mine = lines.map((one) => one[name]).filter((one) => one !== null);
      const sum = mine.length ? mine.reduce((a, b) => a + b) : null;
      form.querySelector(`[data-sum=${name}]`).textContent = shown(sum);
    }
    const open = lines.filter((one) => one.planned !== null && one.realised === null).length;
    message.textContent = wrong
      ? "Skriv beløb med tal, fx 1.250.000."
      : open
        ? `Ikke målt endnu: ${open === 1 ? "1 linje" : `${open} linjer`}. Forskellen gælder kun det, der er målt.`
        : "";
  };

  form.addEventListener("input", update);
  form.querySelector("[data-do=print]").addEventListener("click", () => window.print());
  form.querySelector("[data-do=clear]").addEventListener("click", () => {
    for (const input of form.querySelectorAll("input")) input.value = "";
    update();
    form.querySelector("input").focus();
  });
  form.querySelector(".fs-part-tools").hidden = false;
}
