// The screening form: of the outcomes that stand on the page, show the one that fits the ticks.
// Nothing is stored and nothing is sent.
"use strict";

for (const form of document.querySelectorAll(".fs-screening")) {
  const categories = [...form.querySelectorAll("[data-category]")];
  const outcomes = [...form.querySelectorAll(".fs-screening-outcomes > p")];

  const show = () => {
    const found = Object.fromEntries(
      categories.map((one) => [
        one.dataset.category,
        one.querySelector("input:checked") ? "some" : "none",
      ]),
    );
    for (const one of outcomes) {
      one.hidden = Object.entries(found).some(([name, value]) => one.dataset[name] !== value);
    }
  };

  const clear = () => {
    for (const box of form.querySelectorAll("input")) box.checked = false;
    form.querySelector("textarea").value = "";
    show();
    form.querySelector("input").focus();
  };

  form.addEventListener("change", show);
  form.querySelector("[data-do=print]").addEventListener("click", () => window.print());
  form.querySelector("[data-do=clear]").addEventListener("click", clear);
  form.querySelector(".fs-part-tools").hidden = false;
  show();
}
