/// What every chapter of the demo stands on: its choices, its folder, the terminal, the programs it
/// starts, and waiting.
///
/// In: system properties and the distribution folder. Out: running programs and text.
///
/// Knows nothing of the story; never a file outside the demo's folder, never a program left behind.
@NullMarked
package dev.interdict.demo.stage;

import org.jspecify.annotations.NullMarked;
