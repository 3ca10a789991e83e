/* The slides of a module: reveal.js with nothing but the keys, and its words in Danish. */
(function () {
  "use strict";

  const LABELS = {
    ".navigate-left": "Forrige emne",
    ".navigate-right": "Næste emne",
    ".navigate-up": "Tilbage i emnet",
    ".navigate-down": "Videre i emnet",
  };

  Reveal.initialize({
    width: 1280,
    height: 720,
    margin: 0,
    center: false,
    controlsTutorial: false,
    hash: true,
    help: false,
    pdfSeparateFragments: false,
    pdfMaxPagesPerSlide: 1,
    slideNumber: "c/t",
    transition: "none",
  }).then(function () {
    for (const [selector, label] of Object.entries(LABELS)) {
      for (const button of document.querySelectorAll(selector)) {
        button.setAttribute("aria-label", label);
      }
    }
    for (const button of document.querySelectorAll(".resume-button")) {
      button.textContent = "Fortsæt";
    }
  });
})();
