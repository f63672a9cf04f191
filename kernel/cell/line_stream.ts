// Cuts text into lines, as it comes.

/** A stream of text in, its lines out, without their line feeds. */
export class TextLineStream extends TransformStream<string, string> {
  constructor() {
    let parts: string[] = [];
    super({
      transform(chunk, controller) {
        const [first, ...others] = chunk.split("\n");
        parts.push(first);
        for (const line of others) {
          controller.enqueue(parts.join(""));
          parts = [line];
        }
      },
    });
  }
}
