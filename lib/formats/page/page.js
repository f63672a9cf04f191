// What the page does with run.ts, which stands before it: reads the numbers in the page and writes at the push of a
// button, as a conversation where the model has learned to hold one.
// deno-lint-ignore-file no-undef -- readModel and write are run.ts's

const element = (id) => document.getElementById(id);
const model = readModel(Uint8Array.from(
  atob(element("parameters").textContent),
  (character) => character.charCodeAt(0),
));
const { encode, bytes, specialTokens: special } = model.tokenizer;
const chats = ["<|user|>", "<|assistant|>", "<|end|>"].every((token) => token in special);
const numbers = Object.values(model.weights).reduce((sum, { length }) => sum + length, 0);
const button = document.querySelector("button[type=submit]");

let context = []; // all tokens so far
let running = false;

element("about").textContent =
  `A language model of ${
    numbers.toLocaleString("en")
  } numbers, which are in this page. It runs here, ` +
  "and sends nothing anywhere.";
element("prompt").placeholder = chats ? "Ask something" : "Begin a text; the model goes on";
button.textContent = chats ? "Ask" : "Write";

for (const slider of document.querySelectorAll("input[type=range]")) {
  const show = () => slider.nextElementSibling.value = slider.value;
  slider.addEventListener("input", show);
  show();
}

/** Shows text; returns the element that holds it. */
function show(text, role) {
  const part = document.createElement(role === "user" ? "div" : "span");
  part.className = role;
  part.textContent = text;
  element("text").append(part);
  return part;
}

/** Gives the browser time to draw. */
const breathe = () => new Promise((resolve) => setTimeout(resolve));

async function answer(prompt) {
  if (chats) {
    show(prompt, "user");
    context.push(special["<|user|>"], ...encode(` ${prompt}`), special["<|end|>"]);
    context.push(special["<|assistant|>"]);
  } else {
    show(prompt, "given");
    context.push(...encode(prompt));
    const lineEnd = bytes.findIndex((token) => token.join() === "10");
    if (context.length === 0) context.push(Math.max(0, lineEnd));
  }
  const options = {
    temperature: Number(element("temperature").value),
    tokens: Number(element("tokens").value),
    stop: chats ? special["<|end|>"] : undefined,
  };
  const part = show("", "written");
  const decoder = new TextDecoder();
  let drawn = performance.now();
  for (const token of write(model, context, options)) {
    context.push(token);
    const piece = decoder.decode(bytes[token], { stream: true });
    // A turn begins with a space, which is not said.
    part.textContent += chats && part.textContent === "" ? piece.replace(/^ /, "") : piece;
    if (performance.now() - drawn > 15) {
      await breathe();
      drawn = performance.now();
    }
    if (!running) break;
  }
  if (chats) context.push(special["<|end|>"]);
}

document.querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (running) {
    running = false;
    return;
  }
  const prompt = element("prompt").value;
  element("prompt").value = "";
  running = true;
  const label = button.textContent;
  button.textContent = "Stop";
  try {
    await answer(prompt);
  } catch (error) { // a character the model does not know
    show(`\n${error.message}\n`, "given");
  }
  running = false;
  button.textContent = label;
});

element("prompt").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey) return;
  event.preventDefault();
  if (!running) document.querySelector("form").requestSubmit();
});

element("clear").addEventListener("click", () => {
  running = false;
  context = [];
  element("text").replaceChildren();
});
