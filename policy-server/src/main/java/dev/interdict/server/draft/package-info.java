/// Rules as people write them: YAML with places, lint, tests against cases, the starter catalogue.
///
/// Comes in: bytes of files. Goes out: rules that the device's own reader understood, and findings
/// that say file, line, what is wrong and what to write instead. It decides nothing about signing
/// and never touches the database.
@NullMarked
package dev.interdict.server.draft;

import org.jspecify.annotations.NullMarked;
