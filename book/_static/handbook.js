/* Small improvements of pages that can be read without any script. */
"use strict";

window.SPHINX_HIGHLIGHT_ENABLED = false; // Sphinx' search marks words in the menu too

(() => {
  const root = document.documentElement;
  const wordsOf = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "{}");
  const words = wordsOf("interface-words");

  /* Light or dark: follow the system until the reader has chosen. */
  const themeSwitch = document.querySelector("[data-theme-switch]");
  const system = window.matchMedia("(prefers-color-scheme: dark)");

  const chosenTheme = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // storage is blocked: the choice lasts as long as the page
    }
  };
  const showTheme = (theme) => {
    root.dataset.theme = theme;
    const { toDark, toLight } = themeSwitch.dataset;
    themeSwitch.querySelector(".tool-text").textContent = theme === "dark" ? toLight : toDark;
  };
  if (themeSwitch) {
    themeSwitch.hidden = false;
    showTheme(root.dataset.theme);
    themeSwitch.addEventListener("click", () => {
      const theme = root.dataset.theme === "dark" ? "light" : "dark";
      try {
        localStorage.setItem("theme", theme);
      } catch {
        /* see chosenTheme */
      }
      showTheme(theme);
    });
    system.addEventListener("change", (event) => {
      if (!chosenTheme()) showTheme(event.matches ? "dark" : "light");
    });
  }

  /* In a long menu, begin at the page that the reader stands on. */
  const menu = document.querySelector(".site-nav");
  const here = menu?.querySelector(".site-nav-tree [aria-current]");
  if (here && menu.scrollHeight > menu.clientHeight) {
    menu.scrollTop = here.offsetTop - menu.clientHeight / 3;
  }

  /* Print. */
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  /* Copy a block of code that the reader is meant to run (not what came out of it). */
  for (const block of document.querySelectorAll("article div.highlight")) {
    if (!navigator.clipboard || block.closest(".cell_output")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy-code";
    button.textContent = words.copy;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(block.querySelector("pre").textContent);
      button.textContent = words.copied;
      setTimeout(() => { button.textContent = words.copy; }, 2000);
    });
    block.append(button);
  }

  /* What scrolls sideways can be reached and scrolled with the keyboard. */
  const makeReachable = () => {
    const scrollers = ".fs-scroll, .fs-formula, article pre, .cell_output .output";
    for (const element of document.querySelectorAll(scrollers)) {
      if (element.scrollWidth <= element.clientWidth || element.hasAttribute("tabindex")) continue;
      element.tabIndex = 0;
      if (element.hasAttribute("aria-label") || element.hasAttribute("aria-labelledby")) continue;
      const caption = element.querySelector("caption")?.textContent.trim();
      element.setAttribute("role", "group");
      element.setAttribute("aria-label", caption || words.scroll);
    }
  };
  makeReachable();
  window.addEventListener("resize", makeReachable);
  document.addEventListener("toggle", makeReachable, true);

  /* Search: Sphinx' messages in the language of the book; the outcome is announced. This
     script runs before Sphinx' own, which starts to search as soon as it is there. */
  if (document.getElementById("search-words")) {
    // Not by `addTranslations`, which makes a function of a text; the policy lets nothing do so.
    Documentation.TRANSLATIONS = wordsOf("search-words");
    Documentation.PLURAL_EXPR = (count) => (count === 1 ? 0 : 1);
    Documentation.LOCALE = root.lang;
    // A hit is told by its page's description, and not by fetching each page that was found: that
    // is quicker, and it works for pages that are opened as files.
    DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
    // A word that no page has may be written on a keyboard without Danish letters.
    const stemmer = new Stemmer();
    const isKnown = (word) => {
      const stem = stemmer.stemWord(word.toLowerCase());
      return stem in Search._index.terms || stem in Search._index.titleterms;
    };
    window.splitQuery = (query) =>
      (query.match(/[\p{Letter}\p{Number}_]+/gu) ?? []).map((word) =>
        isKnown(word)
          ? word
          : word.replace(/ae/gi, "æ").replace(/oe/gi, "ø").replace(/aa/gi, "å"));
    const results = document.getElementById("search-results");
    const describe = (link) => {
      const name = link.getAttribute("href").replace(/\.html(#.*)?$/, "");
      const words = window.handbookDescriptions?.[name];
      if (!words || link.parentElement.querySelector(".search-lead")) return;
      const lead = document.createElement("p");
      lead.className = "search-lead";
      lead.textContent = words;
      link.parentElement.append(lead);
    };
    new MutationObserver(() => {
      for (const link of results.querySelectorAll("li > a")) describe(link);
    }).observe(results, { childList: true, subtree: true });
    new MutationObserver((_, observer) => {
      const summary = results.querySelector(".search-summary");
      if (!summary) return;
      summary.setAttribute("role", "status");
      observer.disconnect();
    }).observe(results, { childList: true });
  }
})();
