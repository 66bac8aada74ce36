/// Strict JSON as every signed or received document is read: bytes in, [dev.interdict.json.Json]
/// out.
///
/// The only package that touches the JSON library. It holds no knowledge of any document.
@NullMarked
package dev.interdict.json;

import org.jspecify.annotations.NullMarked;
