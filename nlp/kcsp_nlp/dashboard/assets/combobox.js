"use strict";

// A field that offers those of thousands of names whose words begin as it says: the editable
// combobox with a list of the ARIA Authoring Practices. Its value is a token, never the name.
(() => {
  const { element, plural } = window.kcsp.wording;
  const { words, fold } = window.kcsp.fold;
  const MOST = 40; // options at once

  // Make a field work. `options` promises [{token, name, note}], most important first; `chosen` is
  // called with a token, or with an empty string where the field was emptied.
  const make = (field, options, chosen) => {
    const input = field.querySelector("input");
    const list = field.querySelector("[role=listbox]");
    const status = field.querySelector("[role=status]");
    let all = null;
    let current = { token: "", name: "" };
    let active = -1;

    const folded = (option) => {
      if (!option.words) {
        option.words = ` ${words(option.name).map(([word]) => word).join(" ")}`;
      }
      return option.words;
    };

    const matching = () => {
      const typed = input.value === current.name ? "" : input.value;
      const wanted = words(typed).map(([word]) => ` ${word}`);
      return all.filter((option) => wanted.every((word) => folded(option).includes(word)));
    };

    const close = () => {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };

    const mark = (place) => {
      const shown = list.children;
      if (active >= 0) {
        shown[active].removeAttribute("aria-selected");
      }
      active = place;
      if (active < 0) {
        input.removeAttribute("aria-activedescendant");
        return;
      }
      shown[active].setAttribute("aria-selected", "true");
      shown[active].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", shown[active].id);
    };

    const choose = (option) => {
      const before = current.token;
      current = option;
      input.value = option.name;
      close();
      if (option.token !== before) {
        chosen(option.token);
      }
    };

    const open = () => {
      const found = matching();
      list.replaceChildren(
        ...found.slice(0, MOST).map((option, place) => {
          const name = element("span", { class: "combobox-name" }, option.name);
          const note = element("span", { class: "combobox-note" }, option.note);
          const made = element("li", { role: "option", id: `${list.id}-${place}` }, name, " ", note);
          made.addEventListener("click", () => choose(option));
          return made;
        }),
      );
      active = -1;
      input.removeAttribute("aria-activedescendant");
      list.hidden = found.length === 0;
      input.setAttribute("aria-expanded", String(found.length > 0));
      const more = found.length > MOST ? `, the first ${MOST} are listed` : "";
      status.textContent = found.length ? plural(found.length, "name", "names") + more : "No name fits";
    };

    const ready = () => {
      if (all) {
        return Promise.resolve();
      }
      status.textContent = "Loading names";
      return options().then((loaded) => {
        all = loaded;
        status.textContent = "";
      });
    };

    // Leave the field: what is no name that was chosen is taken back.
    const leave = () => {
      close();
      status.textContent = "";
      if (fold(input.value.trim()) === "") {
        choose({ token: "", name: "" });
      } else {
        input.value = current.name;
      }
    };

    const step = (by) => {
      if (list.hidden) {
        ready().then(() => {
          open();
          mark(list.hidden ? -1 : by > 0 ? 0 : list.children.length - 1);
        });
        return;
      }
      const many = list.children.length;
      mark(active < 0 && by < 0 ? many - 1 : (active + by + many) % many);
    };

    const keys = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Enter: () => {
        if (!list.hidden) {
          list.children[Math.max(active, 0)].click();
        } else if (input.value.trim() === "") {
          choose({ token: "", name: "" });
        }
      },
      Escape: () => {
        if (list.hidden) {
          input.value = "";
          choose({ token: "", name: "" });
        } else {
          close();
        }
      },
    };

    input.addEventListener("keydown", (event) => {
      if (Object.prototype.hasOwnProperty.call(keys, event.key)) {
        event.preventDefault();
        keys[event.key]();
      }
    });
    input.addEventListener("input", () => ready().then(open));
    input.addEventListener("click", () => ready().then(() => list.hidden && open()));
    input.addEventListener("focus", () => input.select());
    input.addEventListener("blur", leave);
    // The list is part of the field: a press on it does not leave the field.
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("mousedown", (event) => event.preventDefault());

    // Show what the address says, without telling anybody.
    const show = (token) => {
      if (token === current.token) {
        input.value = current.name;
        return Promise.resolve();
      }
      if (!token) {
        current = { token: "", name: "" };
        input.value = "";
        return Promise.resolve();
      }
      return ready().then(() => {
        current = all.find((option) => option.token === token) || {
          token,
          name: "somebody or something that is not in this list",
        };
        input.value = current.name;
      });
    };

    return { show };
  };

  window.kcsp.combobox = { make };
})();
