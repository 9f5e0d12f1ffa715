/* Answers all that a page asks, each thing once, through its controls; gives back how many were answered.
   What an answer says stands open after it. A clinic is gone through twice. */
async () => {
  const press = async (element, root, selector) => {
    const control = root.querySelector(selector);
    if (!control) throw new Error(`${element.tagName} ${element.item?.id} has no ${selector}`);
    control.click();
    await element.updateComplete;
  };
  const write = (field, words) => {
    field.value = words;
    field.dispatchEvent(new Event("input"));
  };
  const fields = {
    "SS-CHOICE": (item, root) => press(item, root, ".options input"),
    "SS-HOTSPOT": (item, root) => press(item, root, "figure button"),
    "SS-SPOT": (item, root) => press(item, root, ".phrase input"),
    "SS-ORDER": (item, root) => press(item, root, ".move:enabled"),
    "SS-MATCH": async (item, root) => {
      while (root.querySelector(".tray .card")) {
        await press(item, root, ".tray .card");
        await press(item, root, ".drop");
      }
    },
    "SS-WORKED": async (item, root) => {
      await press(item, root, ".steps input");
      await press(item, root, ".mends input");
    },
    "SS-CASE": async (item, root) => {
      while (!root.querySelector(".decision")) {
        if (root.querySelector(".here .asks button")) await press(item, root, ".here .asks button");
        await press(item, root, ".here .ways button");
      }
      await press(item, root, ".decision input");
    },
    "SS-VIGNETTE": (item, root) => press(item, root, "label:last-of-type input[name=level]"),
  };
  const check = async (item, root) => {
    await press(item, root, ".certainty input");
    await press(item, root, "button[type=submit]");
    for (const folded of root.querySelectorAll("details")) folded.open = true;
  };
  const reflect = async (item, root) => {
    write(root.querySelector("textarea"), "What I would say.");
    await press(item, root, "button[type=submit]");
    await press(item, root, ".options input");
    await press(item, root, "button[type=submit]");
  };
  let answered = 0;
  for (const quiz of document.querySelectorAll("ss-quiz")) {
    await quiz.updateComplete;
    for (const item of quiz.shadowRoot.querySelectorAll("section > *")) {
      if (!item.item) continue;
      const root = item.shadowRoot;
      await item.updateComplete;
      if (item.tagName === "SS-REFLECT") await reflect(item, root);
      else {
        if (item.item.hints.length) await press(item, root, ".row button.quiet");
        await fields[item.tagName](item, root);
        await check(item, root);
      }
      if (!item.attempt) throw new Error(`${item.tagName} ${item.item.id} was not answered`);
      answered += 1;
    }
  }
  for (const clinic of document.querySelectorAll("ss-clinic")) {
    for (let session = 0; session < 2; session += 1) {
      await press(clinic, clinic.shadowRoot, ".row button");
      for (let item; (item = clinic.shadowRoot.querySelector("ss-vignette")); answered += 1) {
        await item.updateComplete;
        await fields[item.tagName](item, item.shadowRoot);
        await check(item, item.shadowRoot);
        await press(item, item.shadowRoot, "button[type=submit]");
        await clinic.updateComplete;
      }
    }
    for (const folded of clinic.shadowRoot.querySelectorAll("details")) folded.open = true;
  }
  for (const folded of document.querySelectorAll("details.refs")) folded.open = true;
  return answered;
}
