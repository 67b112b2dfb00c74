// The only script of our own: the policy allows none inline. The address is given, because the glue was bound without one.
import init from "./ui.js";

// All texts of one change are read from one buffer and told apart by their lengths. A decoder that swallows a byte order mark at its
// beginning, as decoders do, would shift every text and every id behind a client's name that begins with one.
const Decoder = globalThis.TextDecoder;
globalThis.TextDecoder = class extends Decoder {
  constructor(label, options) {
    super(label, { ...options, ignoreBOM: true });
  }
};

await init({ module_or_path: new URL("./ui_bg.wasm", import.meta.url) });
