// Elements of the document, made in one expression.

/** What an element is made with. */
export interface ElementOptions {
  class?: string;
  text?: string;
  title?: string;
  attributes?: Record<string, string>;
  children?: (Node | string)[];
  onClick?: (event: MouseEvent) => void;
}

/** A new element of the kind that `tag` names. */
export function element<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  { class: className, text, title, attributes = {}, children = [], onClick }: ElementOptions = {},
): HTMLElementTagNameMap[T] {
  const made = document.createElement(tag);
  if (className !== undefined) made.className = className;
  if (text !== undefined) made.textContent = text;
  if (title !== undefined) made.title = title;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  if (onClick !== undefined) made.addEventListener("click", onClick as EventListener);
  return made;
}
